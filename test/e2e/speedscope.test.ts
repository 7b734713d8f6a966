/** speedscope's own page reads an exported trace, and says in its own format what it found: that is the run. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, join } from 'node:path';
import { group, sum } from 'd3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectFolder } from '../../src/cli/load-typescript.js';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import { chromeTrace } from '../../src/share/export/chrome-trace.ts';
import { cpuStage, document, simulateDocument, waitStage } from '../sim/run.ts';
import { usingBrowser } from './open-page.ts';

/** What it saves (its file-format-schema.json). */
interface Saved {
  exporter: string;
  shared: { frames: { name: string }[] };
  profiles: {
    name: string;
    unit: string;
    events: { type: 'O' | 'C'; frame: number; at: number }[];
  }[];
}

const folder = join(projectFolder, 'node_modules/speedscope/dist/release');
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };
let server: Server;
let url = '';
beforeAll(async () => {
  server = createServer((request, response) => {
    const file = basename(request.url === '/' ? 'index.html' : (request.url ?? ''));
    response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
    response.end(readFileSync(join(folder, file)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => server.close());
const openPage = usingBrowser();

/** Of each thread its tasks as `stage item`, with start and length in ms; none is open within another. */
function readBack({ profiles, shared }: Saved): Map<string, { what: string; ms: number }[]> {
  return new Map(
    profiles.map(({ name, unit, events }) => {
      expect(unit).toBe('microseconds');
      const calls = events.flatMap(({ type, frame, at }, index) => {
        expect(type, `event ${index} of ${name}`).toBe(index % 2 === 0 ? 'O' : 'C');
        if (type === 'O') return [];
        const opened = events[index - 1]!;
        expect(opened.frame).toBe(frame);
        const [, stage, args] = /^(.+?) (\{.*\})$/.exec(shared.frames[frame]!.name)!;
        const { item } = JSON.parse(args!) as { item: string };
        return [{ what: `${stage} ${item}`, ms: (at - opened.at) / 1000 }];
      });
      return [name.replace(/ \((pid|tid) \d+\)/g, ''), calls];
    }),
  );
}

test('speedscope finds every task of a run, on its worker and as long as it took', async () => {
  const stages = [
    cpuStage('cut', 1 / 3, { name: 'Cut' }),
    waitStage('note', 0, { name: 'Note', after: ['cut'] }),
    cpuStage('press', 2.1, { name: 'Press', after: ['note'] }),
  ];
  const { trace } = simulateDocument(
    document(stages, { source: { kind: 'count', count: 40 }, machine: { workers: 3 } }),
    2,
  );
  const run = { name: 'Predicted', trace, stages: withDefaults(document(stages)).stages };
  const text = [...chromeTrace([run])].join('');
  const { traceEvents } = JSON.parse(text) as { traceEvents: { ph: string }[] };
  for (const ph of ['C', 's', 'f']) expect(traceEvents.some((event) => event.ph === ph)).toBe(true);

  const page = await openPage('', {}, url);
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  const download = page.waitForEvent('download');
  await page.locator('input[type=file]').setInputFiles({
    ...{ name: 'parcels-trace.json', mimeType: 'application/json' },
    buffer: Buffer.from(text),
  });
  await page.getByText('Export').click();
  const saved = JSON.parse(readFileSync(await (await download).path(), 'utf8')) as Saved;
  expect(said.filter((line) => /Tried to end|still open/.test(line))).toEqual([]);

  const { tasks, meta } = trace;
  const ran = Array.from({ length: tasks.count }, (_, row) => ({
    worker: `Predicted, worker ${tasks.worker[row]! + 1}`,
    start: tasks.start[row]!,
    what: `${meta.stages[tasks.stage[row]!]!.name} ${tasks.item[row]!}`,
    ms: tasks.end[row]! - tasks.start[row]!,
  }));
  expect(ran).toHaveLength(120);
  expect(ran.some(({ ms }) => ms === 0)).toBe(true);
  const found = readBack(saved);
  const workers = group(ran, ({ worker }) => worker);
  expect(workers.size).toBe(3);
  expect([...found.keys()].sort()).toEqual([...workers.keys()].sort());
  for (const [worker, own] of workers) {
    const read = found.get(worker)!;
    expect(read.map(({ what }) => what).sort()).toEqual(own.map(({ what }) => what).sort());
    const tookMs = new Map(own.map(({ what, ms }) => [what, ms]));
    // Each task that took no time takes an eighth of a µs of what starts at its end, and there are 40.
    for (const { what, ms } of read) expect(Math.abs(ms - tookMs.get(what)!)).toBeLessThan(0.0055);
    const totalMs = sum(own, ({ ms }) => ms);
    expect(Math.abs(sum(read, ({ ms }) => ms) - totalMs)).toBeLessThan(1e-3 * own.length);
  }
});
