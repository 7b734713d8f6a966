import type { Page } from 'playwright';
import type { PipelineDocument } from '../../../src/pipeline/types.ts';
import { formatCount } from '../../../src/base/units.ts';
import { rowOf, type BenchRow } from './figures.ts';

const stages = 6;
const predictedTimeoutMs = 120_000;
const firstPictureAimMs = 600;
const frameAimMs = 8;
/** Notches of the wheel from the whole run to a few dozen spans a lane, e^(100/200) each. */
const notchesDeep = [0, 4, 8, 12, 16, 20];
const pansAtEachDepth = 12;
const laneModes = ['worker', 'stage', 'item'] as const;

/** Six stages in a row on eight workers: as many tasks as asked for. */
const documentOf = (tasks: number): PipelineDocument =>
  ({
    format: 'millrace/1',
    name: 'A million spans',
    source: { kind: 'count', count: Math.ceil(tasks / stages) },
    stages: Array.from({ length: stages }, (_, at) => ({
      id: `stage-${at}`,
      ...(at > 0 && { after: [`stage-${at - 1}`] }),
      permits: 2,
      work: { kind: 'synthetic', phases: [{ cpu: { exponential: 2 } }] },
    })),
    machine: { workers: 8, cores: 8 },
  }) as PipelineDocument;

/**
 * Opens a document of a million predicted tasks on the built page and counts the script of its pictures: the
 * first one, from the moment the trace is there until it is painted (models, mounting, layout), and each frame of pans
 * and zooms, with everything else on the page that follows the time axis.
 *
 * @param rounds of each series, 1 or more.
 */
export async function millionSpansBench(
  page: Page,
  rounds: number,
  tasks = 1_000_000,
): Promise<BenchRow[]> {
  const name = page.getByLabel('Name of the document');
  // What the page opens by itself comes first.
  while ((await name.inputValue()) === 'Untitled') await page.waitForTimeout(50);
  await page.getByLabel('Open a document').setInputFiles({
    name: 'million.millrace.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(documentOf(tasks))),
  });
  const schedule = page.getByRole('region', { name: 'Schedule' });
  const label = `Schedule: ${formatCount(Math.ceil(tasks / stages) * stages)} tasks`;
  await page.locator(`.timeline canvas[aria-label^="${label}"]`).waitFor({
    timeout: predictedTimeoutMs,
  });
  const spans = `${formatCount(tasks)} spans`;
  const rows: BenchRow[] = [];
  const row = (what: string, aimMs: number | null, samples: number[]): void =>
    void rows.push(rowOf(what, samples, aimMs));
  const show = schedule.getByLabel('Which schedules to show');
  for (const by of laneModes) {
    await schedule.getByLabel('Lanes of the schedule').selectOption(by);
    await page.waitForTimeout(500);
    const firsts: number[] = [];
    const levels: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await show.selectOption('measured');
      await page.waitForTimeout(100);
      const { scheduleMs, levelsMs } = await page.evaluate(timeShowing);
      firsts.push(scheduleMs);
      levels.push(levelsMs);
    }
    row(`${spans}: first picture, by ${by}`, firstPictureAimMs, firsts);
    row(`  … until the queue levels stand under it`, null, levels);
    const zooms: number[] = [];
    const pans: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const timed = await page.evaluate(timeFrames, { notchesDeep, pansAtEachDepth });
      zooms.push(...timed.zooms);
      pans.push(...timed.pans);
    }
    row(`${spans}: zoom, by ${by}`, frameAimMs, zooms);
    row(`${spans}: pan, by ${by}`, frameAimMs, pans);
  }
  return rows;
}

/**
 * In the page: chooses the predicted schedule again, and waits until it stands there and then until the levels
 * under it do, each to the end of the frame that painted it.
 */
async function timeShowing(): Promise<{ scheduleMs: number; levelsMs: number }> {
  const select = document.querySelector<HTMLSelectElement>(
    'select[aria-label="Which schedules to show"]',
  )!;
  const began = performance.now();
  select.value = 'predicted';
  select.dispatchEvent(new Event('change', { bubbles: true }));
  /** Whether anything stands in its middle column. */
  const isPainted = (label: string): boolean => {
    const canvas = document.querySelector<HTMLCanvasElement>(
      `.timeline canvas[aria-label^="${label}"]`,
    );
    if (canvas === null || canvas.height === 0) return false;
    const middle = canvas.getContext('2d')!.getImageData(canvas.width >> 1, 0, 1, canvas.height);
    return middle.data.some((value) => value > 0);
  };
  const afterFrame = (): Promise<void> =>
    new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done();
      // Observers of sizes paint after the callbacks of the frame; the message comes after them.
      requestAnimationFrame(() => port2.postMessage(null));
    });
  const until = async (label: string): Promise<number> => {
    while (!isPainted(label)) await afterFrame();
    return performance.now() - began;
  };
  const scheduleMs = await until('Schedule: ');
  // Until there are any, no stage is named.
  const levelsMs = await until('Queue levels: stage-');
  return { scheduleMs, levelsMs };
}

/** In the page: script of each frame, from the event of the wheel to the end of all that it set off. */
async function timeFrames({
  notchesDeep,
  pansAtEachDepth,
}: {
  notchesDeep: number[];
  pansAtEachDepth: number;
}): Promise<{ zooms: number[]; pans: number[] }> {
  const canvas = document.querySelector<HTMLCanvasElement>('.timeline canvas[role="img"]')!;
  const box = canvas.getBoundingClientRect();
  const frame = async (wheel: WheelEventInit): Promise<number> => {
    await new Promise((done) => requestAnimationFrame(done));
    const began = performance.now();
    const place = { clientX: box.left + box.width * 0.6, clientY: box.top + 40 };
    canvas.dispatchEvent(
      new WheelEvent('wheel', { ...place, ...wheel, bubbles: true, cancelable: true }),
    );
    // What depends on the axis is brought up to date in microtasks.
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    return performance.now() - began;
  };
  const zooms: number[] = [];
  const pans: number[] = [];
  let depth = 0;
  for (const wanted of notchesDeep) {
    for (; depth < wanted; depth++) zooms.push(await frame({ ctrlKey: true, deltaY: -100 }));
    for (let pan = 0; pan < pansAtEachDepth; pan++)
      pans.push(await frame({ shiftKey: true, deltaX: pan < pansAtEachDepth / 2 ? 37 : -37 }));
  }
  for (; depth > 0; depth--) zooms.push(await frame({ ctrlKey: true, deltaY: 100 }));
  return { zooms, pans };
}
