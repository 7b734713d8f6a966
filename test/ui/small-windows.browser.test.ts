import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { chain, closePage, details, openPage, stageNode } from './open-page.ts';
import { fakeServices } from './fake-services.ts';
import { holdRuns } from './held-runs.ts';

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
  const timeline = document.querySelector('.timeline')!;
  expect(timeline.scrollHeight).toBeLessThanOrEqual(timeline.clientHeight + 1);
  // Whatever has no room is there to be scrolled to.
  const right = document.querySelector('main > .right')!;
  right.scrollTop = right.scrollHeight;
  expect(box('.tabs').bottom).toBeLessThanOrEqual(heightPx + 1);
});

it('keeps Run in reach of the knobs on a phone, in one row with Pause', async () => {
  const services = fakeServices({ text: JSON.stringify(chain) });
  const end = holdRuns(services);
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

it('keeps what a knob does in sight of the knob on a phone, and leads from a stage to its knobs', async () => {
  await open(chain, phone);
  await expect.element(page.getByRole('img', { name: /^Queue levels/ })).toBeInTheDocument();
  await stageNode('Second').click();
  await page.getByRole('button', { name: /^Knobs of Second/ }).click();
  const slider = page.getByLabelText('Permits, slider');
  await expect.poll(() => box('.inspector').top).toBeLessThan(phone.heightPx / 4);
  slider.element().focus();
  const effect = (): string => document.querySelector('.effect p')?.textContent?.trim() ?? '';
  await expect.poll(effect).toMatch(/^Predicted\s+200 ms$/);
  await userEvent.keyboard('{ArrowRight}');
  await expect.poll(effect).toMatch(/^Predicted\s+200 ms →\s+12\d ms$/);
  expect(box('.effect').top).toBeGreaterThanOrEqual(0);
  expect(box('.effect').bottom).toBeLessThanOrEqual(slider.element().getBoundingClientRect().top);
  await expect.element(page.getByRole('button', { name: /^Knobs of/ })).not.toBeInTheDocument();
});

it('brings the schedule into sight on a phone for a run and for the critical path', async () => {
  await open(chain, phone);
  const seen = (selector: string): boolean =>
    box(selector).top >= 0 && box(selector).bottom <= phone.heightPx;
  await stageNode('Second').click();
  // The knobs are still on their way, and the page with them.
  await expect
    .poll(() => {
      window.scrollTo(0, document.body.scrollHeight);
      return seen('.chart');
    })
    .toBe(false);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.poll(() => seen('.chart')).toBe(true);
  await expect.element(page.getByTestId('said')).toHaveTextContent(/delivered/);
  window.scrollTo(0, 0);
  await page.getByRole('button', { name: 'Critical path' }).click();
  await expect.poll(() => seen('.chart') && seen('aside')).toBe(true);
  expect(box('aside').top).toBeGreaterThanOrEqual(box('.chart').bottom);
});

it('brings the panel that was asked for to the top of a phone', async () => {
  await open(chain, phone);
  // While it is on its way there is nothing in it.
  for (const name of ['Sweep & tune', 'Log']) {
    window.scrollTo(0, 0);
    await details(name).click();
    await expect.poll(() => box('.tabs').top).toBeLessThan(60);
    expect(box('.tabs').top).toBeGreaterThanOrEqual(0);
  }
});

it('keeps the tabs of a phone in one row, with the current one in sight, whoever chose it', async () => {
  await open(chain, phone);
  const isOneRow = (): boolean => box('[role="tablist"]').height < 1.5 * box('[role="tab"]').height;
  const inSight = (name: string): void => {
    const { left, right } = details(name).element().getBoundingClientRect();
    expect(left).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(phone.widthPx);
  };
  // Nothing of it moves the page.
  expect(window.scrollY).toBe(0);
  expect(isOneRow()).toBe(true);
  await details('Notes').click();
  await userEvent.keyboard('{End}');
  await expect.element(details('Document')).toHaveFocus();
  inSight('Document');
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(page.getByRole('combobox', { name: /^Search the/ })).toHaveFocus();
  await userEvent.keyboard('go to notes{Enter}');
  await expect.element(details('Notes')).toHaveAttribute('aria-selected', 'true');
  await expect.poll(() => details('Notes').element().getBoundingClientRect().left).toBeLessThan(50);
  inSight('Notes');
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

/** From the inspector of a stage, with the tabs out of sight. */
async function commandOnPhone(words: string): Promise<void> {
  await open(chain, phone);
  await stageNode('First').click();
  await expect.poll(() => document.querySelector('.inspector [data-pointer]')).not.toBeNull();
  scrollTo(0, 0);
  expect(box('.tabs').top).toBeGreaterThan(phone.heightPx);
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(page.getByRole('combobox', { name: 'Search the commands' })).toHaveFocus();
  await userEvent.keyboard(`${words}{Enter}`);
  await expect.poll(() => box('.tabs').top).toBeLessThan(60);
  expect(box('.tabs').top).toBeGreaterThanOrEqual(0);
}

it('brings an experiment that the palette starts into sight on a phone', async () => {
  await commandOnPhone('measure the speedup');
  await expect.element(page.getByRole('button', { name: 'Stop measuring' })).toBeInViewport();
});

it.each([
  ['find out what would help', 'Why'],
  ['suggest a sweep', 'Sweep'],
])('brings the tab of the palette’s “%s” into sight on a phone', async (words, tab) => {
  await commandOnPhone(words);
  await expect.element(details(tab)).toHaveAttribute('aria-selected', 'true');
});
