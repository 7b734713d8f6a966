import { expect, test } from 'vitest';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();
const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Knobs',
  source: { kind: 'count', count: 60 },
  machine: { cores: 4, workers: 4 },
  stages: [
    {
      id: 'fetch',
      name: 'Fetch',
      permits: 1,
      work: { kind: 'synthetic', phases: [{ wait: 10 }] },
    },
    {
      id: 'parse',
      name: 'Parse',
      after: ['fetch'],
      work: { kind: 'synthetic', phases: [{ cpu: 2 }] },
    },
  ],
  variants: [{ name: 'wide open', set: { '/stages/fetch/permits': null } }],
};

test('a knob is dragged, typed, reset and undone, and the prediction follows', async () => {
  const page = await openPage();
  const workbench = new Workbench(page);
  await workbench.open(document);
  const predicted = page.getByRole('banner').getByText(/^Predicted/);
  await expect.poll(() => predicted.innerText()).toBe('Predicted 602 ms');
  await page.getByLabel('Stage to inspect').selectOption('fetch');
  const inspector = page.getByRole('region', { name: 'Inspector' });
  const permits = inspector.getByRole('textbox', { name: 'Permits' });
  const undo = page.getByLabel('Undo');

  // One drag through many values: each is predicted, all are one step back.
  const slider = inspector.getByRole('slider', { name: 'Permits' });
  await slider.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await slider.boundingBox())!;
  const seen = new Set<string>();
  await page.mouse.move(x + 8, y + height / 2);
  await page.mouse.down();
  for (let at = 0; at <= 1; at += 0.1) {
    await page.mouse.move(x + 8 + at * (width - 16), y + height / 2);
    await page.waitForTimeout(60);
    seen.add(await predicted.innerText());
  }
  await page.mouse.up();
  expect(seen.size).toBeGreaterThan(2);
  await expect.poll(() => permits.inputValue()).toBe('16');
  await undo.click();
  await expect.poll(() => permits.inputValue()).toBe('1');
  await expect.poll(() => predicted.innerText()).toBe('Predicted 602 ms');

  // By hand: a number, none at all, nonsense that loses nothing, a value out of range said in a sentence.
  await permits.fill('3');
  await expect.poll(() => predicted.innerText()).toBe('Predicted 202 ms');
  await permits.fill('no limit');
  await expect.poll(() => inspector.getByLabel('Permits: no limit').isChecked()).toBe(true);
  await permits.fill('many');
  await expect.poll(() => inspector.getByText('Not understood').innerText()).toContain('no limit');
  await permits.fill('0');
  await expect
    .poll(() => inspector.getByText(/a semaphore with no permits/).isVisible())
    .toBe(true);
  await inspector.getByRole('button', { name: 'Reset Permits' }).click();
  await expect.poll(() => permits.inputValue()).toBe('no limit');

  // From group to group by keyboard; units in what is typed.
  await permits.press('Escape');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('1.5 s');
  const timeout = inspector.getByRole('textbox', { name: 'Timeout' });
  await timeout.blur();
  expect(await timeout.inputValue()).toBe('1.5 s');

  // A variant is taken as one step.
  await permits.fill('2');
  await permits.blur();
  await inspector.getByRole('button', { name: 'Document', exact: true }).click();
  await inspector.getByRole('button', { name: 'Take', exact: true }).click();
  await inspector.getByRole('button', { name: 'Taken' }).waitFor();
  await undo.click();
  await inspector.getByRole('button', { name: 'Take', exact: true }).waitFor();
  await page.getByLabel('Stage to inspect').selectOption('fetch');
  await expect.poll(() => permits.inputValue()).toBe('2');
});
