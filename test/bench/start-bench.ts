import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
import { formatMs } from '../../src/base/units.ts';
import { launchBrowser } from '../../src/cli/browser.ts';
import { buildIfStale } from '../../src/cli/build.ts';
import { serveBuilt } from '../../src/cli/serve.ts';
import { textTable } from '../../src/cli/text-table.ts';
import { document as forkJoin } from '../../src/scenarios/gallery/fork-join.ts';
import { linkText } from '../../src/share/link/link-text.ts';
import { quantileSorted } from '../../src/measure/distribution.ts';
import { withBenchPage } from './bench-page.ts';
import type { Start, StartPage } from './start/page.ts';
import { writeFigures } from './write-figures.ts';

const defaultRounds = 12;
const firstPort = 4573;

type Found = Record<string, number[]>;

/** `start [--rounds N]`: how long until the page can be used, until it predicts, and what a run costs beside its tasks. */
export async function runStartBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { rounds: { type: 'string' } } });
  const rounds = Number(values.rounds ?? defaultRounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`--rounds takes a whole number above 0, not "${values.rounds}".`);
  }
  const found: Found = {};
  await coldLoads(rounds, found);
  await withBenchPage('start', 'startBench', (page) => runs(page, rounds, found));
  const rows = Object.entries(found).map(([what, ms]) => {
    const sorted = Float64Array.from(ms).sort();
    return [what, ...[0.5, 0.05, 0.95].map((share) => formatMs(quantileSorted(sorted, share)))];
  });
  console.log(`${rounds} rounds from this machine: what a network adds is not in it.`);
  console.log(textTable(['', 'Median', '5 % are faster than', '5 % slower than'], rows));
  writeFigures('start', found);
}

/** Of a link, each in a browser profile of its own, from this machine: what the network adds is not in it. */
async function coldLoads(rounds: number, found: Found): Promise<void> {
  await buildIfStale((text) => process.stderr.write(text));
  const server = await serveBuilt(firstPort);
  const link = await linkText({ document: forkJoin });
  const browser = await launchBrowser();
  try {
    for (let round = -1; round < rounds; round++) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await page.addInitScript(noteFirstSeen);
      await page.goto(server.url + link);
      await page
        .getByRole('banner')
        .getByText(/^Predicted \d/)
        .waitFor();
      const { usableMs, predictedMs } = await page.evaluate(
        () => (globalThis as unknown as { firstSeen: FirstSeen }).firstSeen,
      );
      if (!(usableMs > 0 && predictedMs > 0)) throw new Error('The page was not seen to be ready.');
      if (round >= 0) {
        (found['Cold load until Run can be pressed'] ??= []).push(usableMs);
        (found['Cold load until the first prediction'] ??= []).push(predictedMs);
      }
      await context.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

/** ms from the start of the navigation to the picture in which it was first seen; 0: not yet. */
interface FirstSeen {
  usableMs: number;
  predictedMs: number;
}

/** In the page, before anything of it: looks at every picture, as whoever asks from outside would come late. */
function noteFirstSeen(): void {
  const firstSeen: FirstSeen = { usableMs: 0, predictedMs: 0 };
  Object.assign(globalThis, { firstSeen });
  const some = (selector: string, text: RegExp): boolean =>
    [...document.querySelectorAll(selector)].some((one) => text.test(one.textContent.trim()));
  const look = (atMs: number): void => {
    if (firstSeen.usableMs === 0 && some('button:enabled', /^Run$/)) firstSeen.usableMs = atMs;
    if (firstSeen.predictedMs === 0 && some('header *', /^Predicted \d/)) {
      firstSeen.predictedMs = atMs;
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function runs(page: Page, rounds: number, found: Found): Promise<void> {
  const one = (isSeries: boolean): Promise<Start> =>
    page.evaluate(
      (isSeries) => (globalThis as unknown as { startBench: StartPage }).startBench.run(isSeries),
      isSeries,
    );
  // What is fetched once.
  await one(false);
  for (let round = 0; round < rounds; round++) {
    const alone = await one(false);
    (found['Run to first task, in a sandbox of its own'] ??= []).push(alone.toFirstTaskMs);
    (found['The same run, beside its tasks'] ??= []).push(alone.besideMs);
    await one(true);
    const later = await one(true);
    (found['Run to first task, in a later run of an experiment'] ??= []).push(later.toFirstTaskMs);
    (found['The same later run, beside its tasks'] ??= []).push(later.besideMs);
  }
}
