import type { Page } from 'playwright';
import { formatMs } from '../../src/base/units.ts';
import { textTable } from '../../src/cli/text-table.ts';
import { medianOf } from '../../src/measure/median.ts';
import { pairedSpeedup, type Speedup } from '../../src/measure/speedup.ts';
import { withBenchPage } from './bench-page.ts';
import type { Replayed, WhatIfBenchPage } from './what-if/page.ts';
import { whatIfCases, type WhatIfCase } from './what-if-cases.ts';
import { writeFigures } from './write-figures.ts';

const defaultRounds = 9;
const cut = 0.5;
/** |predicted ÷ measured − 1| of the makespan with the change really made. */
const errorMax = 0.05;
const intervalSeed = 1;

interface Round extends Replayed {
  realMs: number;
  /** NaN: it cannot be found so. */
  delayedMs: number;
}

/**
 * `what-if [rounds] [case…]`: a knob turned, or half of one stage's work taken away, in turns: in a replay of the
 * run as it is, really, and (work alone) by delays in all other stages.
 */
export async function runWhatIfBench(args: readonly string[]): Promise<void> {
  const rounds = Number(args[0] ?? defaultRounds);
  const wanted = args.slice(1).map((word) => word.toLowerCase());
  const cases = (await whatIfCases()).filter(
    ({ title }) => wanted.length === 0 || wanted.some((word) => title.toLowerCase().includes(word)),
  );
  if (!(rounds >= 1) || cases.length === 0)
    throw new Error('what-if takes a number of rounds, 1 or more, and parts of titles of cases.');
  const found: { case: WhatIfCase; rounds: Round[] }[] = [];
  await withBenchPage('what-if', 'whatIfBench', async (page) => {
    for (const one of cases) found.push({ case: one, rounds: await measure(page, one, rounds) });
    console.log(await page.evaluate(() => navigator.userAgent));
  });
  for (const kind of ['synthetic', 'code'] as const) {
    const ofKind = found.filter((one) => one.case.kind === kind);
    if (ofKind.length > 0) say(kind, ofKind, rounds);
  }
  writeFigures('what-if', found);
}

/** One unrecorded round; they take turns in going first. */
async function measure(page: Page, one: WhatIfCase, rounds: number): Promise<Round[]> {
  const ways = [replayed, really, ...('halved' in one.change ? [delayed] : [])];
  const all: Round[] = [];
  for (let round = -1; round < rounds; round++) {
    const values = { makespanMs: 0, replayMs: 0, changedMs: 0, realMs: 0, delayedMs: NaN };
    for (let at = 0; at < ways.length; at++) {
      const way = ways[(at + round + ways.length) % ways.length]!;
      Object.assign(values, await way(page, one));
    }
    if (round >= 0) all.push(values);
    process.stderr.write('.');
  }
  process.stderr.write('\n');
  return all;
}

type Bench = { whatIfBench: WhatIfBenchPage };

function replayed(page: Page, { document, change }: WhatIfCase): Promise<Replayed> {
  return page.evaluate(
    ({ json, change }) => (globalThis as unknown as Bench).whatIfBench.replayed(json, change),
    {
      json: JSON.stringify(document),
      change: 'halved' in change ? { stage: change.halved, cut } : change,
    },
  );
}

async function really(page: Page, { changed }: WhatIfCase): Promise<Partial<Round>> {
  const realMs = await page.evaluate(
    (json) => (globalThis as unknown as Bench).whatIfBench.run(json),
    JSON.stringify(changed),
  );
  return { realMs };
}

async function delayed(page: Page, { document, change }: WhatIfCase): Promise<Partial<Round>> {
  const delayedMs = await page.evaluate(
    ({ json, stage, cut }) =>
      (globalThis as unknown as Bench).whatIfBench.delayed(json, stage, cut),
    { json: JSON.stringify(document), stage: 'halved' in change ? change.halved : '', cut },
  );
  return { delayedMs };
}

/** Each round's ratio to the change really made, and their median with its interval. */
const errorOf = (rounds: readonly Round[], valueOf: (round: Round) => number): Speedup =>
  pairedSpeedup(
    rounds.map((round) => valueOf(round) / round.realMs),
    { seed: intervalSeed },
  );

/** What the run would take: its own makespan, times what the replay's becomes. */
const predictedMs = ({ makespanMs, changedMs, replayMs }: Round): number =>
  (makespanMs * changedMs) / replayMs;

const signed = (ratio: number): string =>
  `${ratio < 1 ? '−' : '+'}${Math.abs(100 * (ratio - 1)).toFixed(1)} %`;
const withInterval = ({ ratio, low, high }: Speedup): string =>
  Number.isFinite(high)
    ? `${signed(ratio)} (${signed(low)} … ${signed(high)})`
    : `${signed(ratio)} (too few rounds for an interval)`;

function say(
  kind: WhatIfCase['kind'],
  found: readonly { case: WhatIfCase; rounds: Round[] }[],
  rounds: number,
): void {
  const errors: Speedup[] = [];
  const rows = found.map(({ case: { title }, rounds: all }) => {
    const predicted = errorOf(all, predictedMs);
    errors.push(predicted);
    return [
      title,
      formatMs(medianOf(all.map(({ makespanMs }) => makespanMs))),
      signed(medianOf(all.map(({ replayMs, makespanMs }) => replayMs / makespanMs))),
      formatMs(medianOf(all.map(({ realMs }) => realMs))),
      formatMs(medianOf(all.map(predictedMs))),
      withInterval(predicted),
      all.some(({ delayedMs }) => !Number.isFinite(delayedMs))
        ? ''
        : withInterval(errorOf(all, ({ delayedMs }) => delayedMs)),
    ];
  });
  console.log(
    `One change to stages of ${kind === 'code' ? 'code' : 'synthetic work'}, medians of ${rounds} rounds in turns:`,
  );
  const headings = [
    ...['Document: change', 'As it is', 'Replay', 'Changed', 'Predicted'],
    ...['Prediction ÷ changed', 'By delays ÷ changed'],
  ];
  console.log(textTable(headings, rows));
  const worst = Math.max(...errors.map(({ ratio }) => Math.abs(ratio - 1)));
  console.log(`Worst error of a median: ${(100 * worst).toFixed(1)} %; ${verdictOn(errors)}.\n`);
}

/** A machine that others use as well says nothing: then the intervals are wider than the aim. */
function verdictOn(errors: readonly Speedup[]): string {
  const [least, most] = [1 - errorMax, 1 + errorMax];
  if (errors.every(({ low, high }) => low >= least && high <= most)) return 'the aim of 5 % is met';
  if (errors.some(({ low, high }) => high < least || low > most)) return 'the aim of 5 % is missed';
  const inside = errors.every(({ ratio }) => ratio >= least && ratio <= most);
  return inside
    ? 'the medians are within 5 %, their intervals reach beyond it'
    : 'whether the aim of 5 % is met takes a calmer machine, or more rounds';
}
