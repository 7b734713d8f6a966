import { expect, test } from 'vitest';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { readLink } from '../../src/share/link/link-text.ts';
import { idealDigest } from '../../src/simulate/simulate.ts';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();
const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Shared',
  source: { kind: 'count', count: 30 },
  stages: [
    { id: 'first', name: 'First', work: { kind: 'synthetic', phases: [{ cpu: 1 }] } },
    {
      ...{ id: 'second', name: 'Second', after: ['first'] },
      work: { kind: 'code', source: 'export default (item) => item.index * 2' },
    },
  ],
};

test('a link that was copied shows another reader the document, the result and the view', async () => {
  const page = await openPage('', { permissions: ['clipboard-read', 'clipboard-write'] });
  const author = new Workbench(page);
  await author.open(document);
  await author.runToEnd();
  await author.tab('Why');
  await author.selectStage('Second');
  await page.keyboard.press('Control+Shift+S');
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await dialog.getByLabel('Note').fill('Doubles.');
  await dialog.getByRole('button', { name: 'Copy link', disabled: false }).click();
  await dialog.getByText('Copied.').waitFor();
  const address = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  expect(`${address.origin}${address.pathname}`).toBe(new URL(page.url()).href);
  const read = await readLink(address.hash);
  if (!read.ok) throw new Error(read.error);
  const { document: linked, result, ...rest } = read.value;
  expect(rest).toEqual({ note: 'Doubles.', view: { tab: 'why', selected: ['second'] } });
  expect(result).toMatchObject({ makespans: [expect.any(Number)], results: expect.any(String) });
  // What the page's own thread has predicted is what anybody predicts.
  const { cores, digest } = result!.schedule!;
  expect(digest).toBe(idealDigest(parseDocument(linked).pipeline!, { cores }));

  const other = await openPage(address.hash);
  const reader = new Workbench(other);
  await other.getByText('Doubles.').first().waitFor();
  await other.getByRole('tab', { name: 'Why', selected: true }).waitFor();
  expect(await other.getByLabel('Name of the document').inputValue()).toBe('Shared');
  await reader.runButton.waitFor();
});
