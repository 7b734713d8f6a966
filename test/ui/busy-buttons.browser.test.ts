import { afterEach, beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { runsAlready } from '../../src/ui/state/messages.svelte.ts';
import { fakeServices } from './fake-services.ts';
import { chain, closePage, details, openPage, stageNode } from './open-page.ts';
import { holdRuns } from './held-runs.ts';

afterEach(closePage);
const panel = page.getByRole('tabpanel');
const button = (name: string | RegExp) => panel.getByRole('button', { name });
let services: ReturnType<typeof fakeServices>;
let end = (): void => {};

/** Each run goes on until `end` is called. */
beforeEach(async () => {
  services = fakeServices({ text: JSON.stringify(chain) });
  end = holdRuns(services);
  await openPage(services);
});

it('what needs the machine says during a run why it is off, keeps the focus, and does nothing', async () => {
  await details('Sweep').click();
  await button('Suggest two fields').click();
  await button(/^Simulate \d/).click();
  const measureFront = button(/^Measure the \d ticked$/);
  await expect.element(measureFront).toHaveAttribute('aria-disabled', 'false');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.poll(() => services.runs.length).toBe(1);
  await expect.element(panel.getByText(runsAlready)).toBeVisible();
  const offs: [tab: string | RegExp, name: string | RegExp][] = [
    ['Sweep', /^Measure the \d ticked$/],
    ['Speedup', 'Measure scaling'],
    ['Speedup', 'Measure speedup'],
    ['Compare', 'Measure and save a baseline'],
  ];
  for (const [tab, name] of offs) {
    await details(tab).click();
    await expect.element(button(name), { timeout: 10_000 }).toHaveAttribute('title', runsAlready);
    expect(button(name).element().ariaDisabled).toBe('true');
    (button(name).element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(button(name)).toHaveFocus();
  }
  expect(services.runs.length).toBe(1);
  end();
  await expect.element(button('Measure and save a baseline')).not.toHaveAttribute('title');
});

it('a suggestion that cannot be measured now says so, and can be once the run is over', async () => {
  await details('Why').click();
  const measureIt = button('Measure it').first();
  await expect.element(measureIt, { timeout: 10_000 }).toHaveAttribute('aria-disabled', 'false');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.element(measureIt).toHaveAttribute('title', runsAlready);
});

it('says while a speedup is measured that the document has been changed since it began', async () => {
  const note = panel.getByText(/what is being measured is the document as it was then/);
  await details('Speedup').click();
  await button('Measure speedup').click();
  await expect.poll(() => services.runs.length).toBe(1);
  await stageNode('Second').click();
  await expect.element(note).not.toBeInTheDocument();
  await page.getByRole('textbox', { name: 'Permits', exact: true }).fill('2');
  await expect.element(note).toBeVisible();
  await page.getByLabelText('Undo').click();
  await expect.element(note).not.toBeInTheDocument();
});
