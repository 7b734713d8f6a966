import { realpath, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { toDocument } from '../pipeline/to-document.ts';
import {
  judgeInterleaved,
  judgeRecorded,
  targetsPass,
  usualTolerance,
  type GateVerdict,
} from '../measure/gate.ts';
import { judgeTargets, type TargetVerdict } from '../measure/targets.ts';
import type { Pipeline } from '../pipeline/types.ts';
import {
  baselineBytesMax,
  baselineFormat,
  baselineText,
  measuredRuns,
  readBaseline,
  type Baseline,
} from '../share/baseline.ts';
import { BadInput, Failed, type Command, type Given, type Terminal } from './command.ts';
import { budgetOf, howMeasured, thisDocument } from './compare-command.ts';
import type { HeadlessCompared } from './headless-contract.ts';
import { callHeadless, withHeadlessPage } from './headless.ts';
import { documentText, readPipeline, refusePicked, setOption } from './read-document.ts';
import { readTextFile } from './read-text.ts';

const theBaseline = 'the baseline';

export const checkCommand: Command = {
  name: 'check',
  summary:
    'Measures a document against a baseline and its targets; exit code 1: a regression, or a target missed.',
  words: ['DOC'],
  options: {
    '--baseline': { value: 'FILE' },
    '--save': { value: 'FILE' },
    '--recorded': { value: null },
    '--tolerance': { value: 'PERCENT' },
    '--budget': { value: 'SECONDS' },
    '--set': setOption,
    '--json': { value: null },
  },
  async run(given, terminal) {
    const pipeline = await readPipeline(given, terminal);
    refusePicked(pipeline);
    const baseline = await baselineOf(given);
    const saveTo = given.options['--save']?.[0] ?? null;
    const isRecorded = given.options['--recorded'] !== undefined;
    const tolerance = toleranceOf(given);
    refuseNothingToCheck(pipeline, baseline, saveTo, isRecorded);
    const rival = isRecorded ? null : baseline;
    const compared = await measure(pipeline, rival, budgetOf(given), terminal);
    // The document that is checked runs last: the baseline is what it is compared with.
    const targets = judgeTargets(pipeline, compared.state.targetTimes.at(-1)!);
    const verdict = baseline && judge(compared, baseline, isRecorded, { tolerance, targets });
    const passes = verdict?.passes ?? targetsPass(targets);
    if (saveTo !== null && (passes || !(await isSameFile(saveTo, given))))
      await save(saveTo, pipeline, compared, terminal);
    else if (saveTo !== null)
      terminal.err(
        `Not saved: the check did not pass, so the baseline ${saveTo} stays as it is.\n`,
      );
    const json = given.options['--json'] !== undefined;
    terminal.out(
      json
        ? asJson(passes, verdict, targets, compared)
        : asText(passes, verdict, targets, compared),
    );
    return passes ? 0 : 1;
  },
};

async function baselineOf(given: Given): Promise<Baseline | null> {
  const path = given.options['--baseline']?.[0];
  if (path === undefined) return null;
  const text = await readTextFile(path, baselineBytesMax);
  if (text === null)
    throw new BadInput(`there is no baseline "${path}": --save ${path} writes one.`);
  const read = readBaseline(text);
  if (!read.ok) throw new BadInput(read.error);
  return read.value;
}

function refuseNothingToCheck(
  { targets }: Pipeline,
  baseline: Baseline | null,
  saveTo: string | null,
  isRecorded: boolean,
): void {
  if (isRecorded && baseline === null)
    throw new BadInput('--recorded compares with the times in a file: give --baseline FILE too.');
  const lines = [targets.total, ...Object.values(targets.stages)];
  const hasTargets = lines.some(
    ({ target, stretch }) => target !== undefined || stretch !== undefined,
  );
  if (baseline === null && saveTo === null && !hasTargets)
    throw new BadInput(
      'there is nothing to check: the document has no targets; give --baseline FILE, or --save FILE to make one.',
    );
}

/** A share; a slower run up to this is no regression. @throws {BadInput} */
function toleranceOf(given: Given): number {
  const text = given.options['--tolerance']?.[0];
  if (text === undefined) return usualTolerance;
  const percent = Number(text.replace(/\s*%$/, ''));
  if (!(percent >= 0 && percent <= 100) || text.trim() === '')
    throw new BadInput(`--tolerance is "${text}"; it takes percent, as in 5.`);
  return percent / 100;
}

async function measure(
  pipeline: Pipeline,
  baseline: Baseline | null,
  budgetMs: number,
  terminal: Terminal,
): Promise<HeadlessCompared> {
  const contenders = [{ name: thisDocument, document: documentText(pipeline) }];
  if (baseline)
    contenders.unshift({ name: theBaseline, document: JSON.stringify(baseline.document) });
  const compared = await withHeadlessPage(terminal.err, (page) =>
    callHeadless(page, 'compare', { contenders, seed: pipeline.seed, budgetMs }),
  );
  const { ended, note } = compared.state;
  if (ended === 'failed') throw new Failed(note);
  return compared;
}

function judge(
  { state, measured, environment }: HeadlessCompared,
  baseline: Baseline,
  isRecorded: boolean,
  options: { tolerance: number; targets: readonly TargetVerdict[] },
): GateVerdict {
  if (!isRecorded) return judgeInterleaved(state.comparisons[0]!, options);
  const now = {
    makespansMs: state.makespansMs.at(-1)!,
    resultsDigest: measured.at(-1)!.results,
    environment,
  };
  return judgeRecorded(measuredRuns(baseline), now, options);
}

/** Would the file that is written be the one that was compared with? Then the next check must not compare with what failed. */
export async function isSameFile(
  path: string,
  { options }: Pick<Given, 'options'>,
): Promise<boolean> {
  const baseline = options['--baseline']?.[0];
  if (baseline === undefined) return false;
  const real = (file: string): Promise<string> => realpath(file).catch(() => resolve(file));
  return (await real(path)) === (await real(baseline));
}

async function save(
  path: string,
  pipeline: Pipeline,
  { state, measured, environment }: HeadlessCompared,
  terminal: Terminal,
): Promise<void> {
  const makespans = state.makespansMs.at(-1)!;
  if (makespans.length === 0) throw new Failed('nothing was measured, so no baseline is saved.');
  const text = baselineText({
    format: baselineFormat,
    document: toDocument(pipeline),
    environment,
    makespans,
    results: measured.at(-1)!.results,
    measuredAt: new Date().toISOString(),
  });
  try {
    await writeFile(path, text);
  } catch {
    throw new BadInput(`"${path}" cannot be written.`);
  }
  terminal.err(`Saved as a baseline: ${path}\n`);
}

function asText(
  passes: boolean,
  verdict: GateVerdict | null,
  targets: readonly TargetVerdict[],
  compared: HeadlessCompared,
): string {
  const lines = [
    ...(verdict ? [verdict.sentence, ...verdict.remarks] : []),
    ...targets.map(({ sentence }) => sentence),
    howMeasured(compared),
    ...(verdict || targets.length > 0 ? [passes ? 'Passed.' : 'Not passed.'] : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** Times in ms; `ratio` is this document's time ÷ the baseline's. What is not known is null. */
function asJson(
  passes: boolean,
  verdict: GateVerdict | null,
  targets: readonly TargetVerdict[],
  { state, measured, environment }: HeadlessCompared,
): string {
  const { rounds, ended } = state;
  const { results } = measured.at(-1)!;
  const { targets: _, ...baseline } = verdict ?? { targets };
  return `${JSON.stringify({
    ...{ machine: 'live', environment, passes, rounds, ended },
    ...{ baseline: verdict ? baseline : null, targets },
    ...{ makespans: state.makespansMs.at(-1)!, results },
  })}\n`;
}
