import type { CDPSession, Page } from 'playwright';
import type { PipelineDocument, StageDocument } from '../../../src/pipeline/types.ts';
import { frame, rowOf, scriptMs, type BenchRow } from './figures.ts';

const frameAimMs = 8;
const framesOfAPlay = 60;
const stages = 6;
const items = 16_667;
const readyTimeoutMs = 120_000;

/** Six stages with back pressure between them: about a hundred thousand tasks. */
function largeDocument(): PipelineDocument {
  const chain = Array.from({ length: stages }, (_, at): StageDocument => {
    const after = at === 0 ? {} : { after: [`stage-${at - 1}`] };
    return {
      id: `stage-${at}`,
      ...after,
      permits: 3,
      buffer: { capacity: at % 2 === 0 ? null : 8 },
      work: { kind: 'synthetic', phases: [{ cpu: { exponential: 3 + at } }], output: 2000 },
    };
  });
  return {
    format: 'millrace/1',
    name: 'Long run',
    source: { kind: 'count', count: items },
    stages: chain,
    machine: { workers: 8, memory: { budget: 4_000_000 } },
  };
}

/**
 * Replays a predicted run of a hundred thousand tasks, with the queues below the schedule and with the states,
 * and counts the script of each frame, all of the page's.
 *
 * @param rounds replays of each kind, 1 or more.
 */
export async function replayBench(page: Page, rounds: number): Promise<BenchRow[]> {
  await page.getByLabel('Name of the document').waitFor();
  await page.locator('.svelte-flow__node').first().waitFor();
  await page.getByLabel('Open a document').setInputFiles({
    name: 'long.millrace.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(largeDocument())),
  });
  await page
    .getByRole('img', { name: /^Schedule: \d{3},\d{3} tasks/ })
    .waitFor({ timeout: readyTimeoutMs });
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  const rows: BenchRow[] = [];
  for (const chart of ['Queues', 'States']) {
    await page.getByText(chart, { exact: true }).click();
    await page.waitForTimeout(1500);
    const frames: number[] = [];
    for (let round = 0; round < rounds; round++) frames.push(...(await playOnce(page, client)));
    rows.push(
      rowOf(
        `Replaying ${stages * items} tasks above their ${chart.toLowerCase()}`,
        frames,
        frameAimMs,
      ),
    );
  }
  await client.detach();
  return rows;
}

/** Script of each frame of one replay, ms; the first ones, that build what is looked up, are left out. */
async function playOnce(page: Page, client: CDPSession): Promise<number[]> {
  await page.getByRole('button', { name: 'To the start' }).click();
  await page.getByRole('button', { name: 'Replay', exact: true }).click();
  for (let at = 0; at < 5; at++) await frame(page);
  const frames: number[] = [];
  for (let at = 0; at < framesOfAPlay; at++) {
    const before = await scriptMs(client);
    await frame(page);
    frames.push((await scriptMs(client)) - before);
  }
  await page.getByRole('button', { name: 'Pause the replay' }).click();
  return frames;
}
