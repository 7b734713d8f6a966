import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { suggest } from '../base/suggest.ts';
import { checkSource, compileCode } from '../live/compile/compile.ts';
import { PipelineCompiler } from '../live/compile/compiler.ts';
import { stripTypes } from '../live/compile/strip-types.ts';
import type { CompiledCode } from '../live/compile/unit.ts';
import type { Pipeline } from '../pipeline/types.ts';
import { gatherCorpora } from '../scenarios/build/gather.ts';
import { bundleModule } from '../scenarios/build/modules-plugin.ts';
import { shippedNames, type ShippedName } from '../scenarios/shipped-names.ts';
import {
  takeAway,
  takeAwayKinds,
  type TakeAwayKind,
  type TakeAwayParts,
} from '../share/export/take-away/take-away.ts';
import { BadInput, type Command } from './command.ts';
import { exportedText, textKinds, type TextKind } from './exported-text.ts';
import { projectFolder } from './load-typescript.js';
import { readPipeline, setOption } from './read-document.ts';

const kinds: readonly (TextKind | TakeAwayKind)[] = [...textKinds, ...takeAwayKinds];

export const exportCommand: Command = {
  name: 'export',
  summary:
    'Prints a document as a link, its predicted run as a trace, a table, a report or a picture; or writes it into a folder as a Node project that runs without Millrace, on threads or on jobs in Redis.',
  words: ['DOC'],
  more: 'FOLDER',
  options: { '--to': { value: kinds.join('|'), required: true }, '--set': setOption },
  async run(given, terminal) {
    const kind = kindOf(given.options['--to']![0]!);
    const [, folder, ...others] = given.words;
    const isProject = isTakeAway(kind);
    if (others.length > 0 || (!isProject && folder !== undefined)) {
      const extra = others[0] ?? folder!;
      throw new BadInput(`millrace export --to ${kind} does not take "${extra}".`);
    }
    const pipeline = await readPipeline(given, terminal);
    if (!isProject) {
      for await (const part of exportedText(pipeline, kind)) terminal.out(part);
      return 0;
    }
    if (folder === undefined)
      throw new BadInput(`millrace export --to ${kind} needs a FOLDER to write the project into.`);
    await refuseFull(folder);
    const code = await compiled(pipeline);
    const files = await takeAway(pipeline, kind, { code, corpus: corpusOf(pipeline), strip });
    for (const [path, text] of files) {
      const file = join(folder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    terminal.out(`Wrote ${files.size} files to ${folder}; its README.md says how to run them.\n`);
    return 0;
  },
};

const strip: TakeAwayParts['strip'] = stripTypes;

const isTakeAway = (kind: TextKind | TakeAwayKind): kind is TakeAwayKind =>
  takeAwayKinds.some((known) => known === kind);

function kindOf(name: string): TextKind | TakeAwayKind {
  const known = kinds.find((kind) => kind === name);
  if (known !== undefined) return known;
  const nearest = suggest(name, kinds);
  const hint = nearest === null ? `there are ${kinds.join(', ')}.` : `did you mean "${nearest}"?`;
  throw new BadInput(`there is no export to "${name}"; ${hint}`);
}

/** Nothing that somebody has is written over. */
async function refuseFull(folder: string): Promise<void> {
  const there = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    if (error.code === 'ENOTDIR') throw new BadInput(`${folder} is a file: name a folder.`);
    throw error;
  });
  if (there.length > 0) throw new BadInput(`${folder} is not empty: name a new folder.`);
}

async function compiled(pipeline: Pipeline): Promise<CompiledCode> {
  const shipped = shippedNames.map((name) => [name, () => shippedText(name)] as const);
  const remote = { compile: compileCode, check: checkSource, strip: stripTypes };
  const compiler = new PipelineCompiler(() => remote, Object.fromEntries(shipped));
  const result = await compiler.compile(pipeline);
  if ('code' in result) return result.code;
  const { message, stage, line } = result.errors[0]!;
  const place = `${stage === undefined ? '' : `stage "${stage}", `}line ${line ?? 1}`;
  throw new BadInput(`${place}: ${message}`);
}

async function shippedText(specifier: ShippedName): Promise<string> {
  const name = specifier.replace('millrace:', '');
  const file = join(projectFolder, 'src/scenarios/modules', `${name}.ts`);
  return (await bundleModule(file, projectFolder)).text;
}

function corpusOf({ source }: Pipeline): TakeAwayParts['corpus'] {
  if (source.kind !== 'corpus') return null;
  const corpora = gatherCorpora(projectFolder);
  const found = corpora.find(({ name }) => name === source.corpus);
  if (found) return found.files;
  const names = corpora.map(({ name }) => `"${name}"`).join(', ');
  throw new BadInput(`source.corpus is "${source.corpus}"; there are ${names}.`);
}
