import { availableParallelism } from 'node:os';
import type { Page } from 'playwright';
import { formatMs } from '../../src/base/units.ts';
import { launchBrowser } from '../../src/cli/browser.ts';
import { buildIfStale } from '../../src/cli/build.ts';
import { serveBuilt } from '../../src/cli/serve.ts';
import { textTable } from '../../src/cli/text-table.ts';
import { quantileSorted } from '../../src/measure/distribution.ts';
import { medianOf } from '../../src/measure/median.ts';
import { runAttack, type AttackRun } from './hostile/attack-run.ts';
import { attacks, benign, type Contender } from './hostile/contenders.ts';
import { writeFigures } from './write-figures.ts';

const defaultRounds = 5;
const firstPort = 4573;
/** What a reader waits for at the most, whatever the code of a stage does: the design's figure. */
const aimMs = 100;
/** Still watched when a run has ended: showing what came of it is part of it. */
const afterMs = 1500;

export interface AttackSeries {
  name: string;
  rounds: AttackRun[];
}

/** `hostile [rounds] [part of a name…]`: how long the page lets its reader wait while stage code attacks it. */
export async function runHostileBench(args: readonly string[]): Promise<void> {
  const rounds = args.map(Number).find((count) => count >= 1) ?? defaultRounds;
  const wanted = args.filter((arg) => Number.isNaN(Number(arg)));
  const chosen = attacks.filter(
    ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
  );
  if (chosen.length === 0) {
    const known = attacks.map(({ name }) => `"${name}"`).join(', ');
    throw new Error(`hostile has no attack "${wanted.join(' ')}"; it has ${known}.`);
  }
  await buildIfStale((text) => process.stderr.write(text));
  const server = await serveBuilt(firstPort);
  const browser = await launchBrowser();
  const version = `${browser.browserType().name()} ${browser.version()}`;
  try {
    const openPage = async (): Promise<Page> => {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        // What is kept for offline use is fetched when nobody does anything: not during a measurement.
        serviceWorkers: 'block',
      });
      const page = await context.newPage();
      page.on('pageerror', (error) => console.error(error.message));
      await page.goto(server.url);
      return page;
    };
    const series = await measureAttacks(openPage, [benign, ...chosen], rounds, afterMs);
    console.log(`${version}, ${availableParallelism()} cores, ${rounds} rounds\n`);
    say(series);
    writeFigures('hostile', series);
  } finally {
    await browser.close();
    await server.close();
  }
}

/**
 * Runs all contenders in every round, another one first each time, each on a page of its own: none pays for
 * what the one before left behind.
 * @param openPage gives the built page, loaded; its context is closed here.
 */
export async function measureAttacks(
  openPage: () => Promise<Page>,
  contenders: readonly Contender[],
  rounds: number,
  afterMs: number,
): Promise<AttackSeries[]> {
  const series = contenders.map(({ name }): AttackSeries => ({ name, rounds: [] }));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const at = (turn + round) % contenders.length;
      const page = await openPage();
      series[at]!.rounds.push(await runAttack(page, contenders[at]!, afterMs));
      await page.context().close();
      process.stderr.write('.');
    }
  }
  process.stderr.write('\n');
  return series;
}

function say(series: readonly AttackSeries[]): void {
  const rows = series.map(({ name, rounds }) => {
    const of = (what: (run: AttackRun) => number): number => medianOf(rounds.map(what));
    const longestMs = of((run) => run.longestDelayMs);
    return [
      name,
      String(of(({ presses }) => presses)),
      formatMs(of(({ delaysMs }) => quantileSorted(Float64Array.from(delaysMs).sort(), 0.95))),
      formatMs(longestMs),
      formatMs(Math.max(...rounds.map((run) => run.longestDelayMs))),
      formatMs(of((run) => run.longestToPaintMs)),
      formatMs(of((run) => run.longestTaskMs)),
      longestMs <= aimMs ? 'met' : 'missed',
    ];
  });
  console.log('Delay from a press to the page’s code, medians of the rounds:');
  console.log(
    textTable(
      [
        ...['', 'Presses', '95 %', 'Longest', 'Of all rounds', 'Longest to paint'],
        ...['Longest task', `Aim ${formatMs(aimMs)}`],
      ],
      rows,
    ),
  );
  console.log('How each ended:');
  for (const { name, rounds } of series) {
    const ends = new Set(rounds.map(({ ended }) => ended));
    console.log(`${name}: ${[...ends].slice(0, 2).join(' | ')}`);
  }
}
