import { expect, test } from 'vitest';
import { seriousIn } from './axe.ts';
import { usingBrowser } from './open-page.ts';
import { Workbench, type TabName } from './workbench.ts';

const openPage = usingBrowser();
const document = {
  format: 'millrace/1',
  name: 'Pressed',
  source: { kind: 'count', count: 60 },
  stages: [
    { id: 'first', name: 'First', work: { kind: 'synthetic', phases: [{ cpu: 2 }] } },
    {
      ...{ id: 'second', name: 'Second', after: ['first'], permits: 1 },
      buffer: { capacity: 3 },
      work: { kind: 'synthetic', phases: [{ wait: 6 }], failure: 0.05 },
    },
    {
      ...{ id: 'third', name: 'Third', after: ['second'] },
      work: { kind: 'code', source: 'export default (item) => item' },
    },
  ],
} as const;

const tabs: TabName[] = ['Results', 'Speedup', 'Why', 'Cache', 'Log', 'Code', 'Document'];

test.each([
  ['light', 1440],
  ['dark', 1440],
  ['light', 390],
  ['dark', 390],
] as const)('axe finds nothing serious in any view, %s, %i px wide', async (theme, width) => {
  const page = await openPage('', { colorScheme: theme, viewport: { width, height: 900 } });
  const workbench = new Workbench(page);
  const found: Record<string, string[]> = {};
  const look = async (view: string): Promise<void> => {
    const serious = await seriousIn(page);
    if (serious.length > 0) found[view] = serious;
  };
  await look('the first page');
  await workbench.open(JSON.stringify(document));
  await workbench.runToEnd();
  for (const tab of tabs) {
    await workbench.tab(tab);
    if (tab === 'Code' || tab === 'Document') await page.locator('.monaco-editor').waitFor();
    await look(tab);
  }
  await workbench.selectStage('Second');
  await look('a stage in the inspector');
  await workbench.selectSource();
  await look('the source in the inspector');
  await workbench.schedule.getByRole('button', { name: 'Table' }).click();
  await look('the table of the schedule');
  await page.getByRole('button', { name: 'Gallery', exact: true }).click();
  await page.getByRole('dialog').waitFor();
  await look('the gallery');
  await page.getByRole('button', { name: 'Claims ledger' }).click();
  await page.getByRole('dialog', { name: 'Claims ledger' }).getByTestId('claim').first().waitFor();
  await page.getByRole('button', { name: /^B4/ }).click();
  await look('the claims ledger');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Gallery' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search the commands' }).fill('permits');
  await look('the commands');
  await page.getByRole('combobox', { name: 'Search the commands' }).fill('qqqqq');
  await look('no command found');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const share = page.getByRole('dialog', { name: 'Share' });
  for (const way of ['Link', 'QR code']) {
    await share.getByText(way, { exact: true }).click();
    await look(`sharing as: ${way}`);
  }
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Help', exact: true }).click();
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await look('the shortcuts');
  await page.getByRole('button', { name: 'Glossary', exact: true }).click();
  const glossary = page.getByRole('dialog', { name: 'Glossary' });
  await glossary.waitFor();
  await look('the glossary');
  await glossary.getByRole('button', { name: 'Take the tour' }).click();
  const tour = page.getByRole('region', { name: 'Tour' });
  for (const press of ['Next', 'Go to the knob', 'Next']) {
    await look(`the tour before “${press}”`);
    await tour.getByRole('button', { name: press, exact: true }).click();
    if (press !== 'Go to the knob') continue;
    const knob = page.getByRole('textbox', { name: 'Permits' });
    await expect.poll(() => knob.evaluate((field) => field.matches(':focus'))).toBe(true);
    await page.keyboard.press('ArrowUp');
  }
  await look('the end of the tour');
  expect(found).toEqual({});
});
