/** The files in the project's `lib/`: modules of this product, with their types left out. */
import byteWriter from '../../../base/byte-writer.ts?raw';
import canonicalBytes from '../../../base/canonical-bytes.ts?raw';
import drawMean from '../../../base/draw-mean.ts?raw';
import draws from '../../../base/draws.ts?raw';
import exactMath from '../../../base/exact-math.ts?raw';
import seededRandom from '../../../base/seeded-random.ts?raw';
import type { TakeAwayKind } from './take-away.ts';

const modules = import.meta.glob<string>('./project/*.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const onlyOf: Record<TakeAwayKind, readonly string[]> = {
  piscina: ['local-answers'],
  bullmq: ['jobs', 'redis-answers', 'values'],
};

/** They import each other by name, so all lie in one folder. */
export async function libraryFiles(
  kind: TakeAwayKind,
  strip: (source: string) => Promise<string> | string,
): Promise<[path: string, text: string][]> {
  const others = Object.entries(onlyOf).flatMap(([of, names]) => (of === kind ? [] : names));
  const own = Object.entries(modules).map(([path, text]): [string, string] => [
    /([\w-]+)\.ts$/.exec(path)![1]!,
    text,
  ]);
  const sources: [name: string, text: string][] = [
    ...own.filter(([name]) => !others.includes(name)),
    ['byte-writer', byteWriter],
    ['canonical-bytes', canonicalBytes],
    ['draw-mean', drawMean],
    ['draws', draws],
    ['exact-math', exactMath],
    ['seeded-random', seededRandom],
  ];
  return Promise.all(
    sources.map(async ([name, text]): Promise<[string, string]> => {
      return [`lib/${name}.js`, tidied(await strip(withoutTypes(text)))];
    }),
  );
}

/**
 * What is only types goes as a whole, with the sentence above it: left to the stripper, the sentence would stay. It
 * holds for the modules above, which are formatted alike: a declaration begins a line, and ends one.
 */
function withoutTypes(text: string): string {
  const sentence = String.raw`(?:^\/\*\*(?:(?!\*\/)[^])*\*\/\n)?`;
  const types = [
    String.raw`${sentence}^(?:export )?interface [^]*?^\}\n`,
    String.raw`${sentence}^(?:export )?type [^]*?;\n(?![ }])`,
    String.raw`^import type [^]*?;\n`,
  ];
  return text.replace(new RegExp(types.join('|'), 'gm'), '').replace(/^( +)readonly /gm, '$1');
}

/** Without the spaces and lines that types have left empty; imports lead to the files beside it. */
function tidied(text: string): string {
  return `${text
    .replace(/'\.[^'\n]*?([\w-]+)\.ts'/g, "'./$1.js'")
    .replace(/^(import \{.*?),? *\} from/gm, '$1 } from')
    .replace(/(\S) +(?=[),;]|$)/gm, '$1')
    .replace(/(\S) {2,}\{$/gm, '$1 {')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}
