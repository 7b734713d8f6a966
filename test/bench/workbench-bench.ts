import { availableParallelism } from 'node:os';
import type { Page } from 'playwright';
import { formatMs } from '../../src/base/units.ts';
import { launchBrowser } from '../../src/cli/browser.ts';
import { buildIfStale } from '../../src/cli/build.ts';
import { serveBuilt } from '../../src/cli/serve.ts';
import { textTable } from '../../src/cli/text-table.ts';
import type { BenchRow } from './workbench/figures.ts';
import { graphDragBench } from './workbench/graph-drag.ts';
import { knobDragBench } from './workbench/knob-drag.ts';
import { millionSpansBench } from './workbench/million-spans.ts';
import { replayBench } from './workbench/replay.ts';
import { writeFigures } from './write-figures.ts';

const defaultRounds = 5;
const firstPort = 4473;

const parts: Readonly<Record<string, (page: Page, rounds: number) => Promise<BenchRow[]>>> = {
  spans: millionSpansBench,
  graph: graphDragBench,
  knob: knobDragBench,
  replay: replayBench,
};

/** `workbench [rounds] [spans graph knob replay]`: what the page's own thread spends on what hands do. */
export async function runWorkbenchBench(args: readonly string[]): Promise<void> {
  const rounds = args.map(Number).find((count) => count >= 1) ?? defaultRounds;
  const names = args.filter((arg) => Number.isNaN(Number(arg)));
  const unknown = names.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined)
    throw new Error(`workbench has no part "${unknown}"; it has ${Object.keys(parts).join(', ')}.`);
  await buildIfStale((text) => process.stderr.write(text));
  const server = await serveBuilt(firstPort);
  const rows: BenchRow[] = [];
  let browserName = '';
  try {
    for (const name of names.length > 0 ? names : Object.keys(parts)) {
      const browser = await launchBrowser();
      browserName = `${browser.browserType().name()} ${browser.version()}`;
      try {
        const context = await browser.newContext({
          viewport: { width: 1440, height: 900 },
          // What is kept for offline use is fetched when nobody does anything: not during a measurement.
          serviceWorkers: 'block',
        });
        const page = await context.newPage();
        page.on('pageerror', (error) => console.error(error.message));
        await page.goto(server.url);
        rows.push(...(await parts[name]!(page, rounds)));
      } finally {
        await browser.close();
      }
    }
  } finally {
    await server.close();
  }
  console.log(`${browserName}, ${availableParallelism()} cores, ${rounds} rounds`);
  console.log(
    textTable(
      ['', 'Median', '95 %', '99 %', 'Aim', '', 'Samples'],
      rows.map(({ what, medianMs, p95Ms, p99Ms, samples, aimMs }) => [
        what,
        ...[medianMs, p95Ms, p99Ms].map(formatMs),
        aimMs === null ? '' : formatMs(aimMs),
        aimMs === null ? '' : medianMs <= aimMs ? 'met' : 'missed',
        String(samples),
      ]),
    ),
  );
  writeFigures('workbench', rows);
}
