import type { Page } from 'playwright';
import { expect, inject, test } from 'vitest';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { linkText, readLink } from '../../src/share/link/link-text.ts';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();

/** Its results hang on its code, and its code says aloud when it is run. */
const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'From a stranger',
  source: { kind: 'count', count: 6 },
  stages: [
    {
      id: 'square',
      work: {
        kind: 'code',
        source: `console.warn('a stranger’s code runs');
export default (item: { index: number }) => item.index ** 2;`,
      },
    },
  ],
};

const card = (page: Page) => page.getByRole('region', { name: 'About this link' });

test('a link shows its claims and runs nothing until Run is pressed, which gives the same results', async () => {
  const author = await openPage(await linkText({ document }));
  await author.getByRole('button', { name: 'Run it here' }).click();
  const byAuthor = new Workbench(author);
  await byAuthor.waitForEnd();
  const outputs = await byAuthor.outputs();
  await author.getByRole('button', { name: 'Share', exact: true }).click();
  await author.getByRole('checkbox', { name: 'With my result' }).check();
  let shared = '';
  await expect
    .poll(async () => {
      const text = await author.getByRole('textbox', { name: 'Link', exact: true }).inputValue();
      shared = text.slice(text.indexOf('#'));
      const read = await readLink(shared);
      return read.ok && read.value.result?.schedule?.digest;
    })
    .toMatch(/^[0-9a-f]{64}$/);
  await author.context().close();

  const page = await openPage('');
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await page.goto('about:blank');
  await page.goto(new URL(shared, inject('pageUrl')).href);
  await expect.poll(() => card(page).innerText()).toContain('Claimed');
  await expect.poll(() => card(page).innerText()).toMatch(/Predicted schedule: reproduced/);
  // No sandbox is there that could run anything.
  expect(page.frames().length).toBe(1);
  expect(said.filter((line) => line.includes('stranger'))).toEqual([]);

  const workbench = new Workbench(page);
  await page.getByRole('button', { name: 'Run it here' }).click();
  await workbench.waitForEnd();
  await expect.poll(() => card(page).innerText()).toMatch(/Results: reproduced/);
  expect(await workbench.outputs()).toEqual(outputs);
  expect(outputs).toHaveLength(6);
});
