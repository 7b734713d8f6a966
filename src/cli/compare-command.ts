import { suggest } from '../base/suggest.ts';
import { formatMs } from '../base/units.ts';
import { medianMs } from '../measure/median.ts';
import { formatSpeedup } from '../measure/speedup.ts';
import { toDocument } from '../pipeline/to-document.ts';
import { applySet } from '../pipeline/edit.ts';
import type { Pipeline, Variant } from '../pipeline/types.ts';
import { wholeNumber } from './arguments.ts';
import { BadInput, Failed, type Command, type Given } from './command.ts';
import type { HeadlessCompared } from './headless-contract.ts';
import { callHeadless, withHeadlessPage } from './headless.ts';
import { readPipeline, refusePicked, setOption } from './read-document.ts';
import { textTable } from './text-table.ts';

/** An hour: nobody waits longer for an interval. */
const budgetMostS = 3600;
const usualBudgetS = 60;

export const thisDocument = 'this document';

export const compareCommand: Command = {
  name: 'compare',
  summary:
    'Runs a document and its variants in turns on real workers, and says which is faster, with intervals.',
  words: ['DOC'],
  options: {
    '--variants': { value: 'NAME,…', repeated: true },
    '--budget': { value: 'SECONDS' },
    '--set': setOption,
    '--json': { value: null },
  },
  async run(given, terminal) {
    const pipeline = await readPipeline(given, terminal);
    refusePicked(pipeline);
    const variants = chosenVariants(pipeline, given.options['--variants']);
    const budgetMs = budgetOf(given);
    const document = toDocument(pipeline);
    const contenders = [{ name: thisDocument, set: {} }, ...variants].map(({ name, set }) => {
      const changed = applySet(document, set);
      if (!changed.ok) throw new BadInput(`the variant "${name}" cannot be run: ${changed.error}`);
      return { name, document: JSON.stringify(changed.value) };
    });
    const compared = await withHeadlessPage(terminal.err, (page) =>
      callHeadless(page, 'compare', { contenders, seed: pipeline.seed, budgetMs }),
    );
    const { state } = compared;
    if (state.ended === 'failed') throw new Failed(state.note);
    const json = given.options['--json'] !== undefined;
    terminal.out(json ? asJson(compared, variants) : asTable(compared));
    const different = state.comparisons.flatMap(({ differentWork }) => differentWork ?? []);
    for (const sentence of different) terminal.err(`millrace: ${sentence}\n`);
    return different.length === 0 ? 0 : 1;
  },
};

/** How long runs may go on, ms. @throws {BadInput} */
export function budgetOf(given: Given): number {
  return 1000 * wholeNumber(given, '--budget', 1, usualBudgetS, budgetMostS);
}

/** Those named, in that order; none named: all. @throws {BadInput} with the nearest name */
export function chosenVariants(
  { variants }: Pick<Pipeline, 'variants'>,
  named: readonly string[] = [],
): Variant[] {
  const names = variants.map(({ name }) => name);
  if (names.length === 0)
    throw new BadInput('the document has no variants to compare: add "variants" to it.');
  const wanted = named
    // A name may have commas of its own.
    .flatMap((text) => (names.includes(text) ? [text] : text.split(',')))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (named.length === 0) return variants;
  if (wanted.length === 0)
    throw new BadInput(
      `--variants names none: there are ${names.map((known) => `"${known}"`).join(', ')}.`,
    );
  return [...new Set(wanted)].map((name) => {
    const found = variants.find((variant) => variant.name === name);
    if (found) return found;
    const nearest = suggest(name, names);
    const hint =
      nearest === null
        ? `there are ${names.map((known) => `"${known}"`).join(', ')}.`
        : `did you mean "${nearest}"?`;
    throw new BadInput(`the document has no variant "${name}"; ${hint}`);
  });
}

function asTable({ state, environment }: HeadlessCompared): string {
  const rows = state.makespansMs.map((timesMs, index) => {
    const comparison = state.comparisons[index - 1];
    const { speedup = null, differentWork = null } = comparison ?? {};
    return [
      comparison?.name ?? thisDocument,
      formatMs(medianMs(timesMs) ?? NaN),
      speedup && !differentWork ? formatSpeedup(speedup) : '',
      differentWork ? 'other work' : (speedup?.verdict ?? ''),
    ];
  });
  const table = textTable(['', 'Median', 'Speedup (95 % interval)', 'Verdict'], rows);
  return `${table}\n${howMeasured({ state, environment })}\n`;
}

/** "24 rounds in turns, in Chromium 156.0 on 2 cores; every interval is within ± 2 %."; of one alone: "12 runs". */
export function howMeasured({
  state,
  environment,
}: Pick<HeadlessCompared, 'state' | 'environment'>): string {
  const endings: Partial<Record<string, string>> = {
    precise: '; every interval is within ± 2 %',
    budget: '; the time is spent (--budget gives more)',
  };
  const where = environment ? `, in ${environment.browser} on ${environment.cores} cores` : '';
  const runs = state.comparisons.length === 0 ? 'runs' : 'rounds in turns';
  return `${state.rounds} ${runs}${where}${endings[state.ended ?? ''] ?? ''}.`;
}

/** Times in ms; `speedup` is the document's time ÷ the variant's. */
function asJson(
  { state, measured, environment }: HeadlessCompared,
  variants: readonly Variant[],
): string {
  const { rounds, ended } = state;
  const contenders = [{ name: thisDocument, set: {} }, ...variants].map((contender, index) => {
    const comparison = state.comparisons[index - 1];
    const makespans = state.makespansMs[index]!;
    const { speedup = null, differentWork = null } = comparison ?? {};
    return {
      ...contender,
      ...{ makespans, median: medianMs(makespans), results: measured[index]!.results },
      ...(comparison && { speedup, differentWork }),
    };
  });
  return `${JSON.stringify({ machine: 'live', environment, rounds, ended, contenders })}\n`;
}
