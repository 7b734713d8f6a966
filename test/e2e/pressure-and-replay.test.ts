import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright';
import { expect, test } from 'vitest';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();

/** A slow stage behind a small buffer, and one beside it that drops what it has no room for. */
const pressed: PipelineDocument = {
  format: 'millrace/1',
  name: 'Pressed',
  source: { kind: 'count', count: 60 },
  stages: [
    { id: 'fast', name: 'Fast', permits: 2, work: { kind: 'synthetic', phases: [{ wait: 2 }] } },
    {
      ...{ id: 'slow', name: 'Slow', after: ['fast'], permits: 1, buffer: { capacity: 4 } },
      work: { kind: 'synthetic', phases: [{ wait: 8 }] },
    },
    {
      ...{ id: 'lossy', name: 'Lossy', after: ['fast'], permits: 1 },
      buffer: { capacity: 2, whenFull: 'drop-newest' },
      work: { kind: 'synthetic', phases: [{ wait: 30 }] },
    },
  ],
  machine: { workers: 2, tasksPerWorker: 4 },
};

const cellsOf = async (row: Locator): Promise<string[]> => row.locator('td').allInnerTexts();

test('a run with back pressure: what is held, dropped, and what each stage did, as charts and as figures', async () => {
  const page = await openPage();
  const workbench = new Workbench(page);
  const { schedule } = workbench;
  await workbench.open(pressed);
  await workbench.runToEnd();
  await schedule.getByRole('img', { name: /Slow at most 4 of 4/ }).waitFor();
  const key = schedule.getByRole('list', { name: 'Key of the chart' });
  await key.getByText('what feeds it is held back').waitFor();
  await key.getByText('dropped').waitFor();

  await schedule.getByRole('button', { name: 'Figures' }).click();
  const queues = schedule.getByRole('table', { name: /^Queue of each stage/ });
  const [, , capacity, held] = await cellsOf(queues.getByRole('row', { name: /^Slow/ }));
  expect(capacity).toBe('4');
  expect(Number(/(\d+) %/.exec(held!)![1])).toBeGreaterThan(30);
  const lossy = await cellsOf(queues.getByRole('row', { name: /^Lossy/ }));
  expect(Number(lossy[4])).toBeGreaterThan(5);

  await schedule.getByText('States', { exact: true }).click();
  const states = schedule.getByRole('table', { name: /^What each stage did/ });
  const shares = (await cellsOf(states.getByRole('row', { name: /^Slow/ }))).map(
    (cell) => Number(/([\d.]+) %/.exec(cell)?.[1] ?? 0) / 100,
  );
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 1);
  await schedule.getByRole('button', { name: 'Figures' }).click();
  await schedule.getByRole('img', { name: /^States of each stage/ }).waitFor();

  // The chart leaves the page as a picture and as figures.
  for (const [kind, begins] of [
    ['Picture as SVG', '<svg'],
    ['States as CSV', 'stage,busy_ms'],
    ['Picture as PNG', 'PNG'],
  ] as const) {
    await schedule.getByRole('button', { name: 'Export this chart' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: kind }).click(),
    ]);
    const text = await readFile((await download.path())!, 'utf8');
    expect(text.slice(0, 40)).toContain(begins);
    if (begins !== 'PNG') expect(text).toContain('Slow');
  }
});

test('a finished run is replayed by keyboard, and the graph follows', async () => {
  const page = await openPage();
  const workbench = new Workbench(page);
  const { schedule } = workbench;
  await workbench.open(pressed);
  await workbench.runToEnd();
  const levels = schedule.getByRole('img', { name: /^Queue levels/ });
  const slider = schedule.getByRole('slider', { name: 'Instant shown' });
  const shown = (): Promise<string | null> => slider.getAttribute('aria-valuetext');
  const slow = page.locator('.svelte-flow__node', { hasText: 'Slow' });
  await levels.focus();
  expect(await shown()).toBe('No instant is shown');

  // In the middle of the run the buffer is full, and the stage before it is blocked.
  await slider.focus();
  for (let at = 0; at < 4; at++) await page.keyboard.press('PageUp');
  await expect.poll(shown).toMatch(/^[\d.]+ m?s of/);
  await expect.poll(() => slow.innerText()).toMatch(/4[\s\S]*1 running/);
  await page.keyboard.press('.');
  const before = await shown();
  await page.keyboard.press(',');
  await expect.poll(shown).not.toBe(before);

  // Played fast it comes to its end and stays there.
  await schedule.getByLabel('Replay speed').selectOption('10');
  await levels.focus();
  await page.keyboard.press('Space');
  await expect.poll(shown, { timeout: 10_000 }).toMatch(/: 0 waiting, 0 running, 0 blocked$/);
  await schedule.getByRole('button', { name: 'Replay', exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(shown).toBe('No instant is shown');
});
