import { expect, test } from 'vitest';
import { codeStage, oneStage } from './documents.ts';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();
const pass = 'export default (item) => item;';

test('a cycle names its stages in order', async () => {
  const workbench = new Workbench(await openPage());
  await workbench.open({
    format: 'millrace/1',
    stages: [
      codeStage('crop', pass, { after: ['scale'] }),
      codeStage('scale', pass, { after: ['crop'] }),
    ],
  });
  await workbench.runButton.click();
  expect(await workbench.errorBanner.first().innerText()).toMatch(
    /(crop → scale → crop|scale → crop → scale)/,
  );
});

test('text that is no document is refused in a sentence, and undo brings back what was open', async () => {
  const workbench = new Workbench(await openPage());
  await workbench.open(oneStage(pass));
  await workbench.open('{ "format": "millrace/1", "stages": ');
  expect((await workbench.errorBanner.first().innerText()).length).toBeGreaterThan(10);
  await workbench.page.getByRole('button', { name: 'Undo' }).click();
  expect(await workbench.documentName.inputValue()).toBe('One stage');
  await workbench.runToEnd();
  expect(await workbench.outputs()).toHaveLength(10);
});

test('text nested thousands deep is refused in a sentence, and shown without breaking the editor', async () => {
  const workbench = new Workbench(await openPage());
  await workbench.open('['.repeat(200_000));
  expect(await workbench.errorBanner.first().innerText()).toMatch(/nested 200,000 deep/);
  await workbench.page.locator('.monaco-editor .view-line').first().waitFor();
  // Longer than the pause after which the editor asks its worker about the text.
  await workbench.page.waitForTimeout(2500);
  await workbench.page.getByRole('button', { name: 'Undo' }).click();
  expect(await workbench.documentName.inputValue()).toBe('Find duplicated functions');
});

test('an empty source says that there was nothing to do', async () => {
  const workbench = new Workbench(await openPage());
  await workbench.open(oneStage(pass, 0));
  await workbench.runToEnd();
  expect(await workbench.page.locator('.banners').innerText()).toMatch(/no items/i);
});

test('without IndexedDB a run goes on, uncached, and says so once', async () => {
  const page = await openPage();
  // Storage is used in a worker: that is where it is refused, as a private window may.
  await page.route('**/cache-*.js', async (route) => {
    const response = await route.fetch();
    const refuse = `Object.defineProperty(self, 'indexedDB', { value: undefined });\n`;
    await route.fulfill({ response, body: refuse + (await response.text()) });
  });
  const workbench = new Workbench(page);
  const document = oneStage(pass, 5);
  document.stages[0]!.cache = {};
  await workbench.open(document);
  await workbench.runToEnd();
  expect(await workbench.outputs()).toHaveLength(5);
  expect(await page.locator('.banners').getByRole('status').count()).toBe(1);
});

test('files that the reader picks are read in the tab; a binary one does not stop the rest', async () => {
  const workbench = new Workbench(await openPage());
  await workbench.open({
    format: 'millrace/1',
    source: { kind: 'files', files: {} },
    stages: [codeStage('name', 'export default (file) => file.path;')],
  });
  await workbench.selectSource();
  await workbench.page.locator('input[type=file][multiple]').setInputFiles([
    { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') },
    {
      name: 'b.bin',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from([0, 255, 254, 0]),
    },
  ]);
  await workbench.runToEnd();
  const outputs = await workbench.outputs();
  expect(outputs).toHaveLength(2);
  expect(outputs[0]).toContain('a.txt');
  expect(outputs[1]).toContain('b.bin');
});
