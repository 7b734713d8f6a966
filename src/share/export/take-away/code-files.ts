import type { Pipeline, SyntheticWork } from '../../../pipeline/types.ts';
import { literal } from './literal.ts';

/** The document's code as the compiler gives it: see `CompiledCode` of the live machine. */
export interface ProjectCode {
  units: readonly { name: string; pieces: readonly string[]; imports: readonly number[] }[];
  /** Stage index → its unit; -1: a synthetic stage. */
  stageUnits: readonly number[];
  /** -1: the source has no code. */
  sourceUnit: number;
}

/** Each stage and each module as a file of its own. */
export function codeFiles(
  { stages }: Pipeline,
  { units, stageUnits, sourceUnit }: ProjectCode,
): { files: [path: string, text: string][]; sourceModule: string | null } {
  const slugs = new Set<string>();
  const paths = units.map((unit, at) => {
    const stage = stageUnits.indexOf(at);
    if (stage >= 0) return `stages/${stages[stage]!.id}.js`;
    return at === sourceUnit ? 'source-code.js' : `modules/${moduleSlug(unit.name, slugs)}.js`;
  });
  const ofCode = units.map(({ pieces, imports }, at): [string, string] => {
    const from = paths[at]!;
    const text = pieces.reduce((sum, piece, i) => {
      return sum + relative(from, paths[imports[i - 1]!]!) + piece;
    });
    return [from, tidied(text)];
  });
  const synthetic = stages.flatMap(({ id, work, join }): [string, string][] =>
    work.kind === 'synthetic' ? [[`stages/${id}.js`, syntheticModule(work, join === 'fold')]] : [],
  );
  const sourceModule = sourceUnit < 0 ? null : `./${paths[sourceUnit]!}`;
  return { files: [...ofCode, ...synthetic], sourceModule };
}

/**
 * `module "millrace:text"` is millrace-text. Names that differ only in signs, or only in case, which some file systems do
 * not tell apart, are numbered.
 * @param taken in lower case; the new one is added
 */
function moduleSlug(name: string, taken: Set<string>): string {
  const plain = /^module "(.*)"$/s.exec(name)?.[1] ?? name;
  const stem = plain.replace(/[^\w]+/g, '-').replace(/^-|-$/g, '') || 'module';
  let slug = stem;
  for (let number = 2; taken.has(slug.toLowerCase()); number++) slug = `${stem}-${number}`;
  taken.add(slug.toLowerCase());
  return slug;
}

/** Every file is at most one folder deep. */
function relative(from: string, to: string): string {
  const folder = from.includes('/') ? from.slice(0, from.indexOf('/') + 1) : '';
  if (folder !== '' && to.startsWith(folder)) return `./${to.slice(folder.length)}`;
  return `${folder === '' ? './' : '../'}${to}`;
}

/** Where types stood, lines are empty; in a template they may be meant. */
function tidied(text: string): string {
  const shorter = text.includes('`')
    ? text
    : text.replace(/[ \t]+$/gm, '').replace(/\n{3,}/g, '\n\n');
  return `${shorter.trim()}\n`;
}

function syntheticModule(work: SyntheticWork, isFold: boolean): string {
  const { kind: _, key: _key, ...declared } = work;
  return [
    '// Synthetic: it plays declared durations in place of work. Put your own code here:',
    isFold
      ? '// export const init = …; export default (sum, item, ctx) => …; export const finish = (sum, ctx) => …;'
      : '// export default (item, ctx) => …',
    "import { synthetic } from '../lib/synthetic.js';",
    '',
    `const work = synthetic(${literal(declared)});`,
    isFold ? 'export default work.foldStep;' : 'export default work.stage;',
    ...(isFold ? ['export const finish = work.foldFinish;'] : []),
    '',
  ].join('\n');
}
