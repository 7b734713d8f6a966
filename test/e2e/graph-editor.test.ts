import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import type { PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();

const stage = (id: string, after: string[], more: Partial<StageDocument> = {}): StageDocument => ({
  id,
  name: id[0]!.toUpperCase() + id.slice(1),
  ...(after.length > 0 && { after }),
  work: { kind: 'synthetic', phases: [{ wait: 5 }] },
  ...more,
});
const documentOf = (...stages: StageDocument[]): PipelineDocument => ({
  format: 'millrace/1',
  name: 'Drawn',
  source: { kind: 'count', count: 400 },
  stages,
});

/** The graph as hands have it. */
class Graph {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }
  get region(): Locator {
    return this.page.getByRole('region', { name: 'Graph', exact: true });
  }
  node(id: string): Locator {
    return this.region.locator(`.svelte-flow__node[data-id="${id}"]`);
  }
  edge(id: string): Locator {
    return this.region.locator(`.svelte-flow__edge[data-id="${id}"]`);
  }
  selected(): Promise<string[]> {
    return this.ids('.svelte-flow__node-stage.selected');
  }
  edges(): Promise<string[]> {
    return this.ids('.svelte-flow__edge');
  }
  private ids(selector: string): Promise<string[]> {
    return this.region
      .locator(selector)
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['id']!));
  }
  async middleOf(locator: Locator): Promise<{ x: number; y: number }> {
    const { x, y, width, height } = (await locator.boundingBox())!;
    return { x: x + width / 2, y: y + height / 2 };
  }
  /** From the dot behind a stage to anywhere on another one; the button stays down. */
  async drawFrom(from: string, to: string): Promise<void> {
    const start = await this.middleOf(this.node(from).locator('.svelte-flow__handle.source'));
    const end = await this.middleOf(this.node(to));
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    await this.page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 });
    await this.page.mouse.move(end.x + 20, end.y, { steps: 4 });
  }
}

test('a graph is drawn, refused with the reason, selected in a box, moved, and found again', async () => {
  const page = await openPage('', { permissions: ['clipboard-read', 'clipboard-write'] });
  const workbench = new Workbench(page);
  const graph = new Graph(page);
  await workbench.open(
    documentOf(
      stage('read', []),
      stage('parse', ['read']),
      stage('store', ['parse']),
      stage('index', ['parse']),
    ),
  );
  await expect.poll(() => graph.edges()).toHaveLength(4);
  await page.waitForTimeout(300);

  // While it is drawn, not only after the drop.
  await graph.drawFrom('index', 'read');
  await expect.poll(() => graph.region.innerText()).toMatch(/would close a cycle: read → parse/);
  await page.mouse.up();
  expect(await graph.edges()).toHaveLength(4);
  await graph.drawFrom('index', 'store');
  await page.mouse.up();
  await expect.poll(() => graph.edges()).toContain('index>store');

  // A box around the lower three; they move together.
  const pane = (await graph.region.boundingBox())!;
  const top = (await graph.node('parse').boundingBox())!.y - 4;
  await page.keyboard.down('Shift');
  await page.mouse.move(pane.x + 4, top);
  await page.mouse.down();
  await page.mouse.move(pane.x + pane.width - 4, pane.y + pane.height - 4, { steps: 6 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect.poll(() => graph.selected()).toEqual(['parse', 'store', 'index']);
  const before = await graph.middleOf(graph.node('index'));
  const grip = await graph.middleOf(graph.node('parse'));
  await page.mouse.move(grip.x, grip.y);
  await page.mouse.down();
  await page.mouse.move(grip.x + 30, grip.y - 8, { steps: 5 });
  await page.mouse.up();
  const after = await graph.middleOf(graph.node('index'));
  expect(after.x - before.x).toBeGreaterThan(20);

  // Copied with keys, pasted behind another stage, all of it one step.
  await page.keyboard.press('ControlOrMeta+c');
  await graph.node('read').focus();
  await page.keyboard.press('ControlOrMeta+v');
  await expect.poll(() => graph.selected()).toEqual(['parse-2', 'store-2', 'index-2']);
  expect(await graph.edges()).toEqual(expect.arrayContaining(['read>parse-2', 'index-2>store-2']));
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => graph.node('parse-2').count()).toBe(0);

  // Where it was put by hand it stands after a reload.
  await expect.poll(() => graph.node('index').count()).toBe(1);
  const offset = async (): Promise<number> =>
    (await graph.middleOf(graph.node('parse'))).x - (await graph.middleOf(graph.node('read'))).x;
  const moved = await offset();
  await page.waitForTimeout(600);
  await page.reload();
  await graph.edge('index>store').waitFor({ state: 'attached' });
  await expect.poll(async () => Math.abs((await offset()) / moved - 1)).toBeLessThan(0.2);
  await page.getByRole('button', { name: 'Tidy' }).click();
  expect(await page.getByRole('button', { name: 'Tidy' }).isDisabled()).toBe(true);
});

test('back pressure stands in the graph while a run goes on', async () => {
  const page = await openPage();
  const workbench = new Workbench(page);
  const graph = new Graph(page);
  await workbench.open(
    documentOf(
      stage('read', [], { permits: 3, buffer: { capacity: 4 } }),
      stage('send', ['read'], {
        permits: 1,
        buffer: { capacity: 2 },
        work: { kind: 'synthetic', phases: [{ wait: 120 }] },
      }),
    ),
  );
  await graph.node('send').waitFor();
  await workbench.runButton.click();
  const channel = graph.edge('read>send').locator('.backed-up');
  await channel.waitFor({ state: 'attached', timeout: 10_000 });
  await expect.poll(() => graph.node('(source)').innerText()).toMatch(/held back/);
  await expect.poll(() => graph.node('read').innerText()).toMatch(/blocked/);
  expect(await graph.node('send').innerText()).toMatch(/^2\s*\/2/);
  await workbench.stopButton.click();
  await workbench.waitForEnd();
});

test('the text offers fields with their meaning, and keeps its place when the graph is edited', async () => {
  const page = await openPage();
  const workbench = new Workbench(page);
  const graph = new Graph(page);
  const ids = Array.from({ length: 9 }, (_, at) => `stage-${at}`);
  await workbench.open(
    documentOf(...ids.map((id, at) => stage(id, at === 0 ? [] : [ids[at - 1]!]))),
  );
  await workbench.tab('Document');
  const editor = page.getByRole('group', { name: /^The document as JSON/ });
  const lines = editor.locator('.view-line');
  await lines.first().waitFor();
  await editor.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+Home');
  for (let line = 0; line < 44; line++) await page.keyboard.press('ArrowDown');
  const shown = (): Promise<string[]> =>
    editor.locator('.line-numbers').evaluateAll((all) => all.map((one) => one.textContent!).sort());
  const before = await shown();
  expect(before).not.toContain('1');
  await graph.node('stage-8').click();
  await page.keyboard.press('Delete');
  await expect.poll(() => graph.node('stage-8').count()).toBe(0);
  await page.waitForTimeout(300);
  expect(await shown()).toEqual(before);

  // Behind the "stages" of the first stage's end: a field of a stage is begun there.
  await editor.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+Home');
  for (let line = 0; line < 8; line++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.type('\n"');
  await page.keyboard.press('Control+Space');
  const suggestions = page.locator('.suggest-widget .monaco-list-row');
  await expect
    .poll(() => suggestions.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label'))))
    .toEqual(expect.arrayContaining([expect.stringMatching(/^permits/)]));
  // Half a field is no document: the graph keeps the last one, and says so.
  await page.keyboard.press('Escape');
  await expect.poll(() => graph.region.innerText()).toMatch(/last version that could be read/);

  // What is wrong with a document that can be read is marked where it stands.
  await workbench.open(documentOf(stage('read', ['nobody'])));
  await workbench.tab('Document');
  await editor.locator('.squiggly-error').first().waitFor({ state: 'attached' });
});
