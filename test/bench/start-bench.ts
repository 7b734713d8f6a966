import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { formatMs } from '../../src/base/units.ts';
import { launchBrowser } from '../../src/cli/browser.ts';
import { buildIfStale } from '../../src/cli/build.ts';
import { projectFolder } from '../../src/cli/load-typescript.js';
import { serveBuilt } from '../../src/cli/serve.ts';
import { textTable } from '../../src/cli/text-table.ts';
import { document } from '../../src/scenarios/gallery/fork-join.ts';
import { linkText } from '../../src/share/link/link-text.ts';
import { quantileSorted } from '../../src/measure/distribution.ts';
import { withBenchPage } from './bench-page.ts';
import type { StartPage } from './start/page.ts';

const defaultRounds = 12;
const firstPort = 4573;

type Found = Record<string, number[]>;

/** `start [rounds]`: how long until the page can be used, until it predicts, and what a run costs beside its tasks. */
export async function runStartBench([roundsText]: readonly string[]): Promise<void> {
  const rounds = Number(roundsText ?? defaultRounds);
  if (!(rounds >= 1)) throw new Error('start takes a number of rounds, 1 or more.');
  const found: Found = {};
  await coldLoads(rounds, found);
  await withBenchPage('start', 'startBench', (page) => runs(page, rounds, found));
  const rows = Object.entries(found).map(([what, ms]) => {
    const sorted = Float64Array.from(ms).sort();
    return [what, ...[0.5, 0.05, 0.95].map((share) => formatMs(quantileSorted(sorted, share)))];
  });
  console.log(textTable(['', 'Median', '5 %', '95 %'], rows));
  const folder = join(projectFolder, '.cache', 'bench');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'start.json'), `${JSON.stringify(found, null, 2)}\n`);
  console.log('All figures: .cache/bench/start.json');
}

/** Of a link, each in a browser profile of its own, from this machine: what the network adds is not in it. */
async function coldLoads(rounds: number, found: Found): Promise<void> {
  await buildIfStale((text) => process.stderr.write(text));
  const server = await serveBuilt(firstPort);
  const link = await linkText({ document });
  const browser = await launchBrowser();
  try {
    for (let round = -1; round < rounds; round++) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await page.goto(server.url + link);
      const usableMs = await msUntil(page, page.getByRole('button', { name: 'Run', exact: true }));
      const predictedMs = await msUntil(page, page.getByRole('banner').getByText(/^Predicted \d/));
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

/** ms from the start of the navigation until something is seen, to the next picture. */
async function msUntil(page: Page, what: Locator): Promise<number> {
  await what.waitFor();
  return page.evaluate(() => performance.now());
}

async function runs(page: Page, rounds: number, found: Found): Promise<void> {
  const one = (isSeries: boolean): Promise<number> =>
    page.evaluate(
      (isSeries) => (globalThis as unknown as { startBench: StartPage }).startBench.run(isSeries),
      isSeries,
    );
  // What is fetched once.
  await one(false);
  for (let round = 0; round < rounds; round++) {
    (found['A run in a sandbox of its own, beside its tasks'] ??= []).push(await one(false));
    await one(true);
    (found['A later run of an experiment, beside its tasks'] ??= []).push(await one(true));
  }
}
