import { expect, test } from 'vitest';
import { codeStage, oneStage } from './documents.ts';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();

test('editing a stage in the editor changes what the next run delivers', async () => {
  const workbench = new Workbench(await openPage());
  await workbench.open(oneStage('export default (item: { index: number }) => item.index * 2;', 3));
  await workbench.runToEnd();
  expect(await workbench.outputs()).toEqual(['0 Double 0', '1 Double 2', '2 Double 4']);

  await workbench.typeCode(
    'Double',
    'export default (item: { index: number }) => item.index + 100;',
  );
  await workbench.runToEnd();
  expect(await workbench.outputs()).toEqual(['0 Double 100', '1 Double 101', '2 Double 102']);
});

test('a stage that throws shows item, stage and message while the rest finish', async () => {
  const workbench = new Workbench(await openPage());
  const source = `export default (item: { index: number }) => {
  if (item.index === 3) throw new Error('three is too many');
  return item.index;
};`;
  await workbench.open(oneStage(source));
  await workbench.runToEnd();
  const failures = await workbench.failures();
  expect(failures).toHaveLength(1);
  expect(failures[0]).toMatch(/^3 Double three is too many/);
  expect(failures[0]).toContain('line 2');
  expect(await workbench.outputs()).toHaveLength(9);
  expect(await workbench.panel.innerText()).toContain('9 of 10 items delivered');
});

test('a syntax error names the stage and the line, and nothing is lost', async () => {
  const workbench = new Workbench(await openPage());
  await workbench.open(oneStage('export default (item) => {\n  return item +;\n};'));
  await workbench.runToEnd();
  const banner = workbench.errorBanner.first();
  expect(await banner.innerText()).toMatch(/double.*line 2/i);
  expect(await workbench.documentName.inputValue()).toBe('One stage');
});

test('a result that cannot be cloned names the path to what cannot', async () => {
  const workbench = new Workbench(await openPage());
  await workbench.open(oneStage('export default () => ({ handler: () => 1 });', 2));
  await workbench.runToEnd();
  const failures = await workbench.failures();
  expect(failures).toHaveLength(2);
  expect(failures[0]).toContain('handler');
});

test('endless code can be stopped at once', async () => {
  const workbench = new Workbench(await openPage());
  const document = oneStage('export default () => { for (;;); };', 4);
  await workbench.open(document);
  await workbench.runButton.click();
  await workbench.stopButton.click();
  await workbench.waitForEnd(10_000);
  expect(await (await workbench.tab('Results')).innerText()).toMatch(/stopped/i);
});

test('stages pass items on: a fork, and a join that waits for both', async () => {
  const workbench = new Workbench(await openPage());
  await workbench.open({
    format: 'millrace/1',
    source: { kind: 'values', values: [1, 2] },
    stages: [
      codeStage('left', 'export default (n: number) => n * 10;'),
      codeStage('right', 'export default (n: number) => n * 100;'),
      codeStage('sum', 'export default (both: Record<string, number>) => both.left + both.right;', {
        after: ['left', 'right'],
      }),
    ],
  });
  await workbench.runToEnd();
  expect(await workbench.outputs()).toEqual(['0 Sum 110', '1 Sum 220']);
});
