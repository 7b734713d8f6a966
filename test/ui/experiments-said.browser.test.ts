import { afterEach, expect, it } from 'vitest';
import { page, userEvent, type Locator } from 'vitest/browser';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { chain, closePage, details, openDocument } from './open-page.ts';

afterEach(closePage);
const panel = page.getByRole('tabpanel');
const said = page.getByTestId('said');
const button = (name: string | RegExp) => panel.getByRole('button', { name });
const swept: PipelineDocument = {
  ...chain,
  machine: { workers: 2, cores: 2 },
  sweep: { '/stages/second/permits': [1, 2, 3], '/machine/tasksPerWorker': [1, 2] },
};

/** Everything that is said from now on, announcement by announcement. */
function listen(): { heard: string[]; end: () => void } {
  const heard: string[] = [];
  const observer = new MutationObserver(() => {
    const text = said.element().textContent.trim();
    if (text !== '' && text !== heard.at(-1)) heard.push(text);
  });
  observer.observe(said.element(), { childList: true, characterData: true, subtree: true });
  return { heard, end: () => observer.disconnect() };
}
async function press(locator: Locator): Promise<void> {
  await expect.element(locator).toBeEnabled();
  (locator.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
}
async function openSweep(sweep = swept.sweep!): Promise<void> {
  await openDocument({ ...swept, sweep });
  await details('Sweep').click();
  await button(/^Simulate \d/).click();
  await expect
    .element(panel.getByText(/makespan predicted/i).first(), { timeout: 10_000 })
    .toBeVisible();
  await expect.element(button(/^Measure the \d/)).toBeEnabled();
}
const isInSight = (element: Element): boolean => {
  const { top, bottom } = element.getBoundingClientRect();
  const box = element.closest('#panel')!.getBoundingClientRect();
  return top >= box.top - 1 && bottom <= box.bottom + 1;
};

it('says that measuring began and what it came to, and reads out no count of rounds', async () => {
  await openDocument(chain);
  await details('Speedup').click();
  const { heard, end } = listen();
  await press(button('Measure speedup'));
  await expect.element(button('Stop measuring')).toBeVisible();
  expect(panel.element().querySelectorAll('[aria-live], [role="status"]')).toHaveLength(0);
  await expect
    .poll(() => heard.join(' '), { timeout: 12_000 })
    .toMatch(/Measuring\. Speedup: warming up.*× .* than sequential/s);
  end();
  expect(heard.filter((text) => /\d+ of \d+ pairs/.test(text))).toEqual([]);
});

it('begins nothing anew with a key that was meant for what stops it', async () => {
  await openDocument(chain);
  await details('Speedup').click();
  await press(button('Measure speedup'));
  await expect.element(button('Stop measuring')).toHaveFocus();
  const start = button('Measure speedup');
  await expect.poll(() => start.query() !== null, { timeout: 12_000, interval: 10 }).toBe(true);
  start.element().dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 0 }));
  await expect.element(button('Stop measuring')).not.toBeInTheDocument();
  await new Promise((resolve) => setTimeout(resolve, 600));
  await press(start);
  await expect.element(button('Stop measuring')).toBeVisible();
});

it('says a check’s verdict once, and not again at the next visit', async () => {
  await openDocument(chain);
  await details('What if').click();
  await press(button('Check by delays'));
  await expect.element(said).toHaveTextContent(/Measuring\. What-if check: warming up/);
  await expect.element(said, { timeout: 12_000 }).toHaveTextContent(/predicted time|Too few pairs/);
  await details('Speedup').click();
  const { heard, end } = listen();
  await details('What if').click();
  await expect.element(button('Check by delays')).toBeVisible();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  end();
  expect(heard).toEqual([]);
});

it('keeps the hand at the steps when one is taken, and what is unfolded in sight', async () => {
  await openDocument(chain);
  await details('What if').click();
  const all = button(/^All: /);
  await press(all);
  await expect.element(button('Only what helps')).toHaveFocus();
  expect(isInSight(button('Only what helps').element())).toBe(true);
  await press(button(/^Take /).first());
  await expect.element(panel.getByRole('heading', { name: 'One more, one less' })).toHaveFocus();
  await expect.element(said).toHaveTextContent(/Took “/);
});

it('shows and says the cell that is chosen in the trade-off, and closes it from there', async () => {
  await openSweep();
  const chart = panel
    .getByRole('region', { name: 'Trade-off' })
    .getByRole('slider', { name: /against/ });
  (chart.element() as HTMLElement).focus();
  await userEvent.keyboard('{Home}{Enter}');
  const card = panel.getByRole('region', { name: 'The chosen cell' });
  await expect.poll(() => isInSight(button('Keep as a variant').element())).toBe(true);
  await expect.element(chart).toHaveFocus();
  await expect.element(said, { timeout: 5000 }).toHaveTextContent(/Chosen: .*Escape closes it/);
  await userEvent.keyboard('{Escape}');
  await expect.element(card).not.toBeInTheDocument();
  await expect.element(chart).toHaveFocus();
});

it('keeps what stops the measuring of cells in sight', async () => {
  await openSweep({ '/stages/second/permits': [1, 2] });
  await press(button(/^Measure the \d/));
  await expect.element(said).toHaveTextContent(/Measuring\. Trade-off front: warming up/);
  const measured = panel.getByText(/^Makespan measured/);
  await expect.element(measured, { timeout: 12_000 }).toBeVisible();
  const stop = button(/^(Stop measuring|Measure the \d)/);
  await expect.element(stop).toHaveFocus();
  await expect.poll(() => isInSight(stop.element())).toBe(true);
});

it('says what is swept from now on, and gives the hand its values', async () => {
  await openDocument(swept);
  await details('Sweep').click();
  await press(button(/^\+ Workers/));
  await expect.element(panel.getByLabelText(/^Values of “Workers”/)).toHaveFocus();
  await expect.element(said).toHaveTextContent(/“Workers” is swept over \d+ values/);
  await press(button('Leave “Workers” out of the sweep'));
  await expect.element(said).toHaveTextContent('“Workers” is left out of the sweep');
});

it('gives the hand a target that was just set', async () => {
  await openDocument(chain);
  await details('Compare').click();
  await panel.getByLabelText('What to set a target for').selectOptions('the total');
  await press(button('Set'));
  await expect.element(panel.getByLabelText('Target of Total', { exact: true })).toHaveFocus();
  await expect.element(said).toHaveTextContent(/Target of the total: \d/);
});
