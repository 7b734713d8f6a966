import type { Page } from 'playwright';
import type { PipelineDocument, StageDocument } from '../../../src/pipeline/types.ts';
import { watchKnob, type KnobLog } from './knob-watch.ts';
import { rowOf, scriptMs, type BenchRow } from './figures.ts';

/** A document to drag a knob of, and what is open beside it. */
interface Case {
  what: string;
  stages: number;
  items: number;
  tab?: string;
  aimMs: number | null;
}
const stepAimMs = 16;
const cases: Case[] = [
  { what: '6 stages, 500 items', stages: 6, items: 500, aimMs: stepAimMs },
  { what: 'the same with Why open', stages: 6, items: 500, tab: 'Why', aimMs: stepAimMs },
  { what: '6 stages, 5,000 items', stages: 6, items: 5000, aimMs: null },
  { what: '200 stages, 20 items', stages: 200, items: 20, aimMs: null },
];
/** Permits the slider is dragged over, and back. */
const fromPermits = 2;
const toPermits = 15;
const settleMs = 800;
const predictedTimeoutMs = 60_000;

/** A row of stages with waits, CPU time, permits and buffers: everything that a schedule can show. */
function documentOf({ stages, items }: Case): PipelineDocument {
  return {
    format: 'millrace/1',
    name: `Drag ${stages} × ${items}`,
    source: { kind: 'count', count: items },
    machine: { cores: 4, workers: 8 },
    stages: Array.from({ length: stages }, (_, at): StageDocument => ({
      id: `stage-${at}`,
      ...(at > 0 && { after: [`stage-${at - 1}`] }),
      permits: 4,
      buffer: { capacity: 8 },
      work: {
        kind: 'synthetic',
        phases: [{ wait: { exponential: 4 } }, { cpu: { lognormal: { mean: 2, cv: 0.5 } } }],
        output: 1000,
      },
    })),
  };
}

/** In the page. */
declare function knobLog(): KnobLog;

/**
 * Drags the permits of a stage with the pointer and follows each step through the page: from the event of
 * the slider to the end of painting the schedule that was predicted for this very setting.
 *
 * @param page on the built page; it is loaded anew, watched from outside.
 * @param rounds drags there and back, of each case, 1 or more.
 */
export async function knobDragBench(
  page: Page,
  rounds: number,
  only: readonly Case[] = cases,
): Promise<BenchRow[]> {
  await page.addInitScript(watchKnob);
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  const rows: BenchRow[] = [];
  for (const one of only) {
    await open(page, one);
    await dragThereAndBack(page);
    await page.evaluate(() => (knobLog().length = 0));
    const scriptBefore = await scriptMs(client);
    for (let round = 0; round < rounds; round++) await dragThereAndBack(page);
    const script = (await scriptMs(client)) - scriptBefore;
    rows.push(...rowsOf(one, await page.evaluate(() => [...knobLog()]), script));
  }
  await client.detach();
  return rows;
}

async function open(page: Page, one: Case): Promise<void> {
  await page.reload();
  await page.getByLabel('Name of the document').waitFor();
  await page.locator('.svelte-flow__node').first().waitFor();
  await page.getByLabel('Open a document').setInputFiles({
    name: 'drag.millrace.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(documentOf(one))),
  });
  await page.getByRole('img', { name: /^Schedule/ }).waitFor({ timeout: predictedTimeoutMs });
  await page.getByLabel('Stage to inspect').selectOption('stage-2');
  if (one.tab !== undefined) await page.getByRole('tab', { name: one.tab }).click();
  await page.getByRole('slider', { name: 'Permits' }).scrollIntoViewIfNeeded();
  await page.waitForTimeout(settleMs);
}

/** One step a frame at most, as a hand does. */
async function dragThereAndBack(page: Page): Promise<void> {
  const slider = page.getByRole('slider', { name: 'Permits' });
  const box = await slider.boundingBox();
  if (box === null) throw new Error('The slider of the permits is out of sight.');
  const least = Number(await slider.getAttribute('min'));
  const most = Number(await slider.getAttribute('max'));
  const thumbPx = 16;
  const xOf = (permits: number): number =>
    box.x + thumbPx / 2 + ((permits - least) / (most - least)) * (box.width - thumbPx);
  const y = box.y + box.height / 2;
  const now = Number(await page.getByRole('textbox', { name: 'Permits' }).inputValue());
  await page.mouse.move(xOf(now), y);
  await page.mouse.down();
  for (let permits = fromPermits; permits <= toPermits; permits++) await moveTo(permits);
  for (let permits = toPermits; permits >= fromPermits; permits--) await moveTo(permits);
  await page.mouse.up();
  await page.waitForTimeout(settleMs);

  async function moveTo(permits: number): Promise<void> {
    await page.mouse.move(xOf(permits), y);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  }
}

/** Each prediction with the newest input that had come when it was asked for. */
function rowsOf({ what, aimMs }: Case, log: KnobLog, scriptMsAll: number): BenchRow[] {
  const of = (kind: KnobLog[number]['kind']): KnobLog => log.filter((entry) => entry.kind === kind);
  const [inputs, asked, answered, shown] = [of('input'), of('asked'), of('answered'), of('shown')];
  const steps: number[] = [];
  const begins: number[] = [];
  const models: number[] = [];
  asked.forEach(({ atMs }, index) => {
    const input = inputs.findLast((entry) => entry.atMs <= atMs);
    const [come, done] = [answered[index], shown[index]];
    if (!input || !come || !done || done.painted === 0) return;
    steps.push(done.atMs - input.atMs);
    begins.push(atMs - input.atMs);
    models.push(done.atMs - come.atMs);
  });
  const row = (title: string, samples: number[], aim: number | null = null): BenchRow =>
    rowOf(`${what}: ${title}`, samples, aim);
  return [
    row(
      `from the input to its schedule painted (${steps.length} of ${inputs.length} steps)`,
      steps,
      aimMs,
    ),
    row('of it, until the simulator is asked', begins),
    row(
      'of it, simulating',
      answered.map(({ tookMs }) => tookMs),
    ),
    row('of it, models and painting', models),
    row('script of the page, mean a step', [scriptMsAll / Math.max(1, inputs.length)]),
  ];
}
