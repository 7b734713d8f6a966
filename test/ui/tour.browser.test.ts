import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { closePage, chain, openDocument, openPage } from './open-page.ts';
import { fakeServices } from './fake-services.ts';
import { holdRuns } from './held-runs.ts';

afterEach(closePage);
const tour = page.getByRole('region', { name: 'Tour' });
const inTour = (name: string | RegExp) => tour.getByRole('button', { name });
const permits = page.getByRole('textbox', { name: 'Permits' });
const documentName = page.getByLabelText('Name of the document');

/** As somebody who has never been here, and moves a hand. */
async function visit(settings: Record<string, string> = {}) {
  const services = fakeServices({ settings });
  await openPage(services);
  await expect.element(documentName).toHaveValue('Find duplicated functions');
  await userEvent.keyboard('{Shift}');
  return services;
}
const toKnob = async (): Promise<void> => {
  await inTour('Take the tour').click();
  await inTour('Next').click();
  await inTour('Go to the knob').click();
  await expect.element(permits).toHaveFocus();
};

describe('the tour', () => {
  it('is offered to a newcomer without taking the focus, and not again when refused', async () => {
    const { settings } = await visit();
    await expect.element(tour).toBeVisible();
    expect(document.activeElement).toBe(document.body);
    await inTour('No, thanks').click();
    await expect.element(tour).not.toBeInTheDocument();
    closePage();
    await visit({ tour: settings.get('tour')! });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await expect.element(tour).not.toBeInTheDocument();
  });

  it('is not offered to somebody whose work is there', async () => {
    await openDocument(chain);
    await userEvent.keyboard('{Shift}');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await expect.element(tour).not.toBeInTheDocument();
  });

  it('ends with one knob moved and the reason seen, by keyboard alone', async () => {
    await visit();
    await toKnob();
    await userEvent.keyboard('{ArrowUp}');
    await expect
      .element(tour.getByRole('heading'))
      .toHaveTextContent('602 ms → 362 ms: 40 % shorter');
    await expect.element(tour).toHaveTextContent(/Before\s*Slow holds everything back: 1 permit/);
    await expect.element(tour).toHaveTextContent(/Now\s*The cores hold everything back/);
    await expect
      .element(page.getByTestId('said'))
      .toHaveTextContent(/40 % shorter\. Now: The cores/);
    // More of the same gains nothing, and it says so.
    await userEvent.keyboard('{ArrowUp}');
    await expect.element(permits).toHaveValue('3');
    await expect.element(tour).toHaveTextContent(/at least 360 ms/);
    await inTour('Next').click();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(tour).toHaveTextContent(/Predicted 36\d ms, measured/);
    await inTour(/^Back to/).click();
    await expect.element(documentName).toHaveValue('Find duplicated functions');
    await expect.element(tour).not.toBeInTheDocument();
  });

  it('tells what is true of another knob, and of none', async () => {
    await visit();
    await toKnob();
    const capacity = page.getByRole('textbox', { name: 'Capacity' });
    (capacity.element() as HTMLElement).focus();
    await userEvent.keyboard('{PageUp}');
    await expect.element(tour.getByRole('heading')).toHaveTextContent('as long as before');
    await expect.element(tour).toHaveTextContent(/Nothing is gained/);
    (document.activeElement as HTMLElement).blur();
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.element(tour).toHaveTextContent(/Everything is as it was/);
  });

  it('ends by itself when another document is opened, and can be taken again', async () => {
    await visit();
    await toKnob();
    await page.getByLabelText('New document').click();
    await expect.element(tour).not.toBeInTheDocument();
    await userEvent.keyboard('{Control>}k{/Control}');
    await expect.element(page.getByRole('combobox', { name: 'Search the commands' })).toHaveFocus();
    await userEvent.keyboard('tour{Enter}');
    await expect.element(tour.getByRole('heading')).toHaveTextContent('A pipeline is a graph');
    // Started by hand, so the hands go on in it; Escape ends it, and Run is next.
    await expect.element(inTour('Next')).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(tour).not.toBeInTheDocument();
    await expect.element(page.getByRole('button', { name: 'Run', exact: true })).toHaveFocus();
  });

  it('stands above what is said of a run on a phone', async () => {
    const services = await visit();
    await page.viewport(390, 844);
    const end = holdRuns(services);
    await inTour('Take the tour').click();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    const strip = page.getByRole('group', { name: 'Progress of the run' });
    await expect.element(strip).toBeVisible();
    const edge = (locator: typeof tour) => locator.element().getBoundingClientRect();
    await expect.poll(() => edge(tour).bottom <= edge(strip).top + 1).toBe(true);
    end();
    await expect.poll(() => Math.round(edge(tour).bottom)).toBe(innerHeight);
    await page.viewport(1440, 900);
  });
});
