import { afterEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { chain, closePage, details, openPage } from './open-page.ts';
import { fakeServices } from './fake-services.ts';

afterEach(closePage);
const phone = { widthPx: 390, heightPx: 844 };
const coded: PipelineDocument = {
  ...chain,
  stages: [
    {
      id: 'first',
      name: 'First',
      work: {
        kind: 'code',
        source: 'export default (x) => {\n  throw new Error("No signature in this record.");\n};',
      },
    },
  ],
};
const box = (selector: string): DOMRect =>
  document.querySelector(selector)!.getBoundingClientRect();
const open = (document: PipelineDocument, size: { widthPx: number; heightPx: number }) =>
  openPage(fakeServices({ text: JSON.stringify(document) }), size);

it.each([640, 480])('lays nothing over the panels in a window %i px high', async (heightPx) => {
  await open(chain, { widthPx: 1024, heightPx });
  await details('Document').click();
  await expect.element(page.getByRole('img', { name: /^Queue levels/ })).toBeVisible();
  await expect.poll(() => box('.timeline').bottom).toBeLessThanOrEqual(box('.tabs').top);
  expect(box('.levels').bottom).toBeLessThanOrEqual(box('.timeline').bottom + 1);
  expect(box('.levels').top).toBeGreaterThanOrEqual(box('.chart').bottom);
  // Whatever has no room is there to be scrolled to.
  const right = document.querySelector('main > .right')!;
  right.scrollTop = right.scrollHeight;
  expect(box('.tabs').bottom).toBeLessThanOrEqual(heightPx + 1);
});

it('keeps Run in reach of the knobs on a phone, in one row with Pause', async () => {
  const services = fakeServices({ text: JSON.stringify(chain) });
  const { live } = services;
  let end = (): void => {};
  services.live = {
    run(request) {
      const handle = live.run(request);
      const asked = new Promise<void>((resolve) => (end = resolve));
      return { ...handle, done: asked.then(() => handle.done) };
    },
  };
  await openPage(services, phone);
  const heightBefore = box('.bar').height;
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.element(page.getByRole('button', { name: 'Pause' })).toBeInTheDocument();
  expect(box('.bar').height).toBe(heightBefore);
  window.scrollTo(0, document.body.scrollHeight);
  expect(window.scrollY).toBeGreaterThan(300);
  await expect.poll(() => box('.run').top).toBeGreaterThanOrEqual(0);
  expect(box('.run').bottom).toBeLessThan(100);
  end();
  await expect.element(page.getByTestId('said')).toHaveTextContent(/delivered/);
});

it('gives a message the width of a phone', async () => {
  await open(coded, phone);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.element(details(/^Results · /)).toBeVisible();
  await details(/^Results/).click();
  await expect.element(page.getByRole('table', { name: 'Errors' })).toBeVisible();
  expect(box('td.message').width).toBeGreaterThan(0.8 * phone.widthPx);
});

it('gives what the code tab says a row of its own on a phone', { timeout: 60_000 }, async () => {
  await open(coded, phone);
  await details('Code').click();
  await expect.element(page.getByText(/uses it at once/), { timeout: 30_000 }).toBeVisible();
  const panel = '[role="tabpanel"] header';
  expect(box(`${panel} select`).width).toBeGreaterThan(60);
  expect(box(`${panel} > span`).width).toBeGreaterThan(0.7 * phone.widthPx);
});
