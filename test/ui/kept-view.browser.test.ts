import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { fakeServices } from './fake-services.ts';
import { chain, closePage, details, openPage } from './open-page.ts';

afterEach(closePage);
const splitter = (label: string) => page.getByRole('separator', { name: label });
const widthOf = (label: string): number => Number(splitter(label).element().ariaValueNow);
const left = 'Width of the left column';

const open = async (view: unknown, widthPx = 1440, heightPx = 900) => {
  const settings = view === undefined ? {} : { view: JSON.stringify(view) };
  const services = fakeServices({ text: JSON.stringify(chain), settings });
  await openPage(services, { widthPx, heightPx });
  return services;
};

it('is left as it was: sizes, the open panel, the lanes', async () => {
  const services = await open(undefined);
  await details('Why').click();
  await page.getByLabelText('Lanes of the schedule').selectOptions('stage');
  (splitter(left).element() as HTMLElement).focus();
  const before = widthOf(left);
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  expect(widthOf(left)).toBe(before + 32);
  await expect.poll(() => services.settings.get('view')).toContain(`"leftPx":${before + 32}`);
  closePage();
  await open(JSON.parse(services.settings.get('view')!));
  expect(widthOf(left)).toBe(before + 32);
  await expect.element(details('Why')).toHaveAttribute('aria-selected', 'true');
  await expect.element(page.getByLabelText('Lanes of the schedule')).toHaveValue('stage');
});

it('fits a smaller window, and is as large as before in the larger one', async () => {
  await open({ leftPx: 1000 });
  expect(widthOf(left)).toBe(1000);
  await page.viewport(1000, 700);
  await expect.poll(() => widthOf(left)).toBe(580);
  await page.viewport(1440, 900);
  await expect.poll(() => widthOf(left)).toBe(1000);
});

it('goes back to how it comes with Enter or a double click', async () => {
  await open({ leftPx: 700, graphShare: 20 });
  (splitter(left).element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  expect(widthOf(left)).toBe(440);
  await splitter('Height of the graph').dblClick();
  expect(widthOf('Height of the graph')).toBe(47);
});

it('gives a panel the full height, and the schedule back', async () => {
  await open(undefined);
  const full = page.getByRole('button', { name: 'Full height' });
  await full.click();
  await expect.element(page.getByRole('region', { name: 'Schedule' })).not.toBeInTheDocument();
  await full.click();
  await expect.element(page.getByRole('region', { name: 'Schedule' })).toBeVisible();
});

it.each(['no JSON', '7', 'null', '{"tab":"none","leftPx":"wide","by":[],"show":{}}'])(
  'comes up as new when what was kept is damaged: %s',
  async (view) => {
    const services = fakeServices({ text: JSON.stringify(chain), settings: { view } });
    await openPage(services);
    expect(widthOf(left)).toBe(440);
    await expect.element(details('Notes')).toHaveAttribute('aria-selected', 'true');
  },
);
