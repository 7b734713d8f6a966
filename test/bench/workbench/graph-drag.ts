import type { CDPSession, Page } from 'playwright';
import type { PipelineDocument, StageDocument } from '../../../src/pipeline/types.ts';
import { frame, rowOf, scriptMs, type BenchRow } from './figures.ts';

const frameAimMs = 8;
const framesOfADrag = 60;
/** The pointer goes round in a circle of this radius, CSS px. */
const radiusPx = 24;
const openedTimeoutMs = 60_000;
const settleMs = 1500;

/** A graph with branches and joins: each stage follows one of the three before it, some a second one too. */
function documentOf(count: number): PipelineDocument {
  const stages = Array.from({ length: count }, (_, at): StageDocument => {
    const parents = at === 0 ? [] : [Math.max(0, at - 1 - (at % 3))];
    if (at > 12 && at % 7 === 3) parents.push(at - 9);
    return {
      id: `stage-${at}`,
      ...(at > 0 && { after: [...new Set(parents)].map((parent) => `stage-${parent}`) }),
      work: { kind: 'synthetic', phases: [{ cpu: 1 }] },
    };
  });
  return { format: 'millrace/1', name: 'Large graph', source: { kind: 'count', count: 4 }, stages };
}

/**
 * Drags a node of a large graph with the pointer and counts the script of each frame, all of the page's:
 * once with part of the graph in sight, once with as much of it as the page shows at all.
 *
 * @param rounds drags of each kind, 1 or more.
 */
export async function graphDragBench(
  page: Page,
  rounds: number,
  stages = 200,
): Promise<BenchRow[]> {
  await page.getByLabel('Name of the document').waitFor();
  await page.locator('.svelte-flow__node').first().waitFor();
  await page.getByLabel('Open a document').setInputFiles({
    name: 'large.millrace.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(documentOf(stages))),
  });
  // The map comes with a large graph only.
  await page.locator('.svelte-flow__minimap').waitFor({ timeout: openedTimeoutMs });
  await page.waitForTimeout(settleMs);
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  const whole: number[] = [];
  const part: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await page.getByRole('button', { name: 'Fit View' }).click();
    await page.waitForTimeout(300);
    whole.push(...(await dragOnce(page, client)));
    for (let press = 0; press < 4; press++)
      await page.getByRole('button', { name: 'Zoom In' }).click();
    await page.waitForTimeout(300);
    part.push(...(await dragOnce(page, client)));
  }
  await client.detach();
  return [
    rowOf(`Dragging one of ${stages} stages, as many in sight as fit`, whole, frameAimMs),
    rowOf(`Dragging one of ${stages} stages, a few in sight`, part, frameAimMs),
  ];
}

/** Script of each frame of one drag, ms. */
async function dragOnce(page: Page, client: CDPSession): Promise<number[]> {
  const { x, y } = await nodeInSight(page);
  const frames: number[] = [];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + radiusPx, y);
  await frame(page);
  for (let at = 1; at <= framesOfADrag; at++) {
    const angle = (at / framesOfADrag) * 2 * Math.PI;
    const before = await scriptMs(client);
    await page.mouse.move(x + radiusPx * Math.cos(angle), y + radiusPx * Math.sin(angle));
    await frame(page);
    frames.push((await scriptMs(client)) - before);
  }
  await page.mouse.up();
  await frame(page);
  return frames;
}

/** A place on some stage that lies clear of the pane's edge, px of the window. */
async function nodeInSight(page: Page): Promise<{ x: number; y: number }> {
  const found = await page.evaluate(() => {
    const pane = document.querySelector('.svelte-flow')!.getBoundingClientRect();
    for (const node of document.querySelectorAll('.svelte-flow__node-stage')) {
      const { left, right, top, bottom } = node.getBoundingClientRect();
      const [x, y] = [left + (right - left) * 0.5, top + (bottom - top) * 0.3];
      const isClear =
        x > pane.left + 60 && x < pane.right - 60 && y > pane.top + 90 && y < pane.bottom - 60;
      if (isClear && node.contains(document.elementFromPoint(x, y))) return { x, y };
    }
    return null;
  });
  if (found === null) throw new Error('No stage lies clear of the edge of the graph.');
  return found;
}
