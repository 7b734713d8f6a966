import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';
import { loadHands } from '../../src/ui/graph/load-hands.ts';
import { chain, closePage, details, openDocument, stageNode } from './open-page.ts';

afterEach(closePage);

const stage = (id: string, ...after: string[]): StageDocument => ({
  id,
  name: id[0]!.toUpperCase() + id.slice(1),
  ...(after.length > 0 && { after }),
  work: { kind: 'synthetic', phases: [{ cpu: 1 }] },
});
const fork: PipelineDocument = {
  format: 'millrace/1',
  name: 'Fork',
  source: { kind: 'count', count: 4 },
  stages: [stage('read'), stage('parse', 'read'), stage('store', 'parse'), stage('index', 'parse')],
};
const node = (id: string): HTMLElement =>
  document.querySelector<HTMLElement>(`.svelte-flow__node[data-id="${id}"]`)!;
const ids = (selector: string): string[] =>
  [...document.querySelectorAll<HTMLElement>(selector)].map((one) => one.dataset['id']!);
const nodes = (): string[] => ids('.svelte-flow__node-stage');
const selected = (): string[] => ids('.svelte-flow__node-stage.selected');
const edges = (): string[] => ids('.svelte-flow__edge');
const focused = (): string | undefined => (document.activeElement as HTMLElement).dataset['id'];
const said = page.getByTestId('said');
const undo = page.getByLabelText('Undo');

/** As the browser does when Ctrl and a letter are pressed: the text it would carry. */
function clipboard(type: 'copy' | 'cut' | 'paste', text = ''): string {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  document.activeElement!.dispatchEvent(
    new ClipboardEvent(type, { clipboardData, bubbles: true, cancelable: true }),
  );
  return clipboardData.getData('text/plain');
}
async function focus(id: string): Promise<void> {
  await expect.poll(() => node(id)).toBeTruthy();
  node(id).focus();
  // What hands do comes with the first touch; keys are kept until then, the clipboard cannot be.
  await loadHands();
}

describe('several stages', () => {
  it('are selected together, deleted together, and back with one undo', async () => {
    await openDocument(fork);
    await focus('parse');
    await userEvent.keyboard('{Control>}a{/Control}');
    await expect.poll(selected).toHaveLength(4);
    await expect.element(page.getByText('4 selected')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(selected).toEqual([]);
    await userEvent.keyboard('{Enter}{Shift>}{ArrowDown}{/Shift}');
    await expect.poll(selected).toEqual(['parse', 'store']);
    await expect.poll(focused).toBe('store');
    await userEvent.keyboard('{Delete}');
    await expect.poll(nodes).toEqual(['read', 'index']);
    // The focus has gone on to what is left.
    await expect.poll(focused).toBe('index');
    await undo.click();
    await expect.poll(nodes).toHaveLength(4);
    await expect.element(undo).toBeDisabled();
  });

  it('are duplicated with the edges among them', async () => {
    await openDocument(fork);
    await focus('parse');
    await userEvent.keyboard('{Enter}{Shift>}{ArrowDown}{/Shift}{Control>}d{/Control}');
    await expect.poll(selected).toEqual(['parse-2', 'store-2']);
    expect(edges()).toContain('parse-2>store-2');
    expect(edges()).toContain('read>parse-2');
    await expect.poll(focused).toBe('parse-2');
  });

  it('cannot all be deleted, and it is said why', async () => {
    await openDocument(chain);
    await focus('first');
    await userEvent.keyboard('{Control>}a{/Control}{Delete}');
    await expect.element(page.getByText(/a pipeline needs at least one/)).toBeVisible();
    expect(nodes()).toHaveLength(2);
  });
});

describe('the picture', () => {
  it('can be moved away from the stage that is selected', async () => {
    await openDocument(fork);
    await focus('parse');
    await userEvent.keyboard('{Enter}');
    await expect.poll(selected).toEqual(['parse']);
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const leftPx = (): number => node('parse').getBoundingClientRect().left;
    // It is fitted into its pane a moment after it has come.
    for (let still = 0, wasPx = NaN; still < 20; await frame()) {
      still = leftPx() === wasPx ? still + 1 : 0;
      wasPx = leftPx();
    }
    const pane = document.querySelector('.svelte-flow__pane')!;
    const { left, bottom } = pane.getBoundingClientRect();
    const at = (clientX: number, clientY: number): MouseEventInit => ({
      clientX,
      clientY,
      view: window,
      bubbles: true,
      cancelable: true,
      buttons: 1,
    });
    const [x, y] = [left + 3, bottom - 60];
    const fromPx = leftPx();
    pane.dispatchEvent(new MouseEvent('mousedown', at(x, y)));
    for (let step = 1; step <= 20; step++) {
      window.dispatchEvent(new MouseEvent('mousemove', at(x + 60 * step, y)));
      await frame();
    }
    window.dispatchEvent(new MouseEvent('mouseup', at(x + 1200, y)));
    await frame();
    expect(Math.round(leftPx() - fromPx)).toBe(1200);
  });
});

describe('the clipboard', () => {
  it('takes stages as a document, and gives them back beside each other', async () => {
    await openDocument(fork);
    await focus('parse');
    await userEvent.keyboard('{Enter}{Shift>}{ArrowDown}{/Shift}');
    await expect.poll(selected).toHaveLength(2);
    const text = clipboard('copy');
    expect(JSON.parse(text)).toEqual({
      format: 'millrace/1',
      stages: [stage('parse'), stage('store', 'parse')],
    });
    await focus('index');
    clipboard('paste', text);
    await expect.poll(selected).toEqual(['parse-2', 'store-2']);
    clipboard('paste', text);
    await expect.poll(nodes).toHaveLength(8);
    // Twice in a row: both behind the same stage.
    expect(edges().filter((edge) => edge.startsWith('index>'))).toEqual([
      'index>parse-2',
      'index>parse-3',
    ]);
    expect(edges()).toContain('parse-3>store-3');
  });

  it('cuts, and refuses text that is no document with a sentence', async () => {
    await openDocument(fork);
    await focus('store');
    const text = clipboard('cut');
    await expect.poll(nodes).toEqual(['read', 'parse', 'index']);
    expect(JSON.parse(text)).toMatchObject({ stages: [{ id: 'store' }] });
    clipboard('paste', 'shopping list');
    await expect.element(page.getByText(/Nothing was pasted: the clipboard holds/)).toBeVisible();
    expect(nodes()).toHaveLength(3);
  });

  it('leaves the text of fields alone', async () => {
    await openDocument(fork);
    await focus('read');
    const name = page.getByLabelText('Name of the document').element() as HTMLInputElement;
    name.focus();
    clipboard('paste', JSON.stringify(fork));
    expect(clipboard('copy', 'untouched')).toBe('untouched');
    expect(nodes()).toHaveLength(4);
  });
});

describe('keys', () => {
  it('add a stage behind the one that has the focus, and go there', async () => {
    await openDocument(fork);
    await focus('store');
    await userEvent.keyboard('a');
    await expect.poll(edges).toContain('store>new-stage');
    await expect.poll(focused).toBe('new-stage');
    await undo.click();
    await expect.poll(nodes).toHaveLength(4);
  });

  it('go along the connections', async () => {
    await openDocument(fork);
    await focus('read');
    await userEvent.keyboard('{ArrowDown}');
    await expect.poll(focused).toBe('parse');
    await userEvent.keyboard('{ArrowUp}{ArrowUp}');
    await expect.poll(focused).toBe('(source)');
    await userEvent.keyboard('{ArrowUp}');
    await expect.element(said).toHaveTextContent(/nothing before “the source”/);
  });

  it('connect two stages, saying each that it can go to', async () => {
    await openDocument(fork);
    await focus('store');
    await userEvent.keyboard('c');
    await expect.element(said).toHaveTextContent(/Connect “Store” to “Index”, 1 of 1\./);
    expect(focused()).toBe('index');
    await userEvent.keyboard('{Enter}');
    await expect.poll(edges).toContain('store>index');
    await expect.poll(focused).toBe('store');
    await userEvent.keyboard('c');
    await expect.element(page.getByText(/connected to every stage it can be/)).toBeVisible();
  });

  it('end connecting when the graph changes meanwhile', async () => {
    await openDocument(fork);
    await focus('store');
    await userEvent.keyboard('a');
    await expect.poll(focused).toBe('new-stage');
    await focus('read');
    await userEvent.keyboard('c');
    const hint = page.getByText(/^Connect to/);
    await expect.element(hint).toBeVisible();
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(nodes).toHaveLength(4);
    await expect.element(hint).not.toBeInTheDocument();
    const before = edges();
    await focus('read');
    await userEvent.keyboard('{ArrowRight}{Enter}');
    expect(edges()).toEqual(before);
  });

  it('end connecting with Escape, and nothing has changed', async () => {
    await openDocument(fork);
    await focus('store');
    await userEvent.keyboard('c{Escape}');
    await expect.element(said).toHaveTextContent(/Not connected/);
    await expect.poll(focused).toBe('store');
    await expect.element(undo).toBeDisabled();
  });

  it('move a stage, which then stays where it is until the graph is tidied', async () => {
    const services = await openDocument(fork);
    const tidy = page.getByRole('button', { name: 'Tidy' });
    await expect.element(tidy).toBeDisabled();
    await focus('index');
    // In the graph's own space: the picture as a whole may be moved or zoomed.
    const left = (): number => new DOMMatrix(getComputedStyle(node('index')).transform).m41;
    const before = left();
    await userEvent.keyboard('{Alt>}{Shift>}{ArrowLeft}{/Shift}{/Alt}');
    await expect.poll(left).toBeLessThan(before - 10);
    const there = left();
    // An edit elsewhere moves nobody.
    await focus('store');
    await userEvent.keyboard('a');
    await expect.poll(nodes).toHaveLength(5);
    expect(services.settings.get('graph-places')).toMatch(/"index":\[/);
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(nodes).toHaveLength(4);
    await expect.poll(() => Math.abs(left() - there)).toBeLessThan(1);
    await tidy.click();
    await expect.element(tidy).toBeDisabled();
    expect(services.settings.get('graph-places')).toBe(null);
    // Both are steps like any other: nothing else is undone in their place.
    await undo.click();
    await expect.poll(() => Math.abs(left() - there)).toBeLessThan(1);
    await expect.element(said).toHaveTextContent(/Undid, laid the graph out again/);
    expect(services.settings.get('graph-places')).toMatch(/"index":\[/);
    await undo.click();
    await expect.element(tidy).toBeDisabled();
    await expect.poll(() => Math.abs(left() - before)).toBeLessThan(1);
    await expect.poll(nodes).toHaveLength(4);
    await page.getByLabelText('Redo').click();
    await expect.poll(() => Math.abs(left() - there)).toBeLessThan(1);
    await expect.element(said).toHaveTextContent(/Moved “Index”/);
  });

  it('move a stage several times, which is one step of undo', async () => {
    await openDocument(fork);
    await focus('index');
    const left = (): number => new DOMMatrix(getComputedStyle(node('index')).transform).m41;
    const before = left();
    await userEvent.keyboard('{Alt>}{ArrowLeft}{ArrowLeft}{ArrowLeft}{/Alt}');
    await expect.poll(left).toBeLessThan(before - 25);
    await undo.click();
    await expect.poll(() => Math.abs(left() - before)).toBeLessThan(1);
    await expect.element(undo).toHaveAttribute('title', expect.not.stringContaining('moved'));
  });

  it('rename a stage and come back to it, with Escape as it was', async () => {
    await openDocument(fork);
    await focus('index');
    await userEvent.keyboard('{F2}');
    const name = page.getByLabelText('Name of the stage');
    await expect.element(name).toHaveFocus();
    await userEvent.keyboard('Search{Escape}');
    await expect.poll(focused).toBe('index');
    await expect.element(stageNode('Index')).toBeVisible();
    await userEvent.keyboard('{F2}');
    await expect.element(name).toHaveFocus();
    await userEvent.keyboard('Search{Enter}');
    await expect.poll(focused).toBe('index');
    await expect.element(stageNode('Search')).toBeVisible();
  });
});

describe('the menu', () => {
  it('opens by key, goes by arrows, and gives the focus back', async () => {
    await openDocument(fork);
    await focus('parse');
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    const menu = page.getByRole('menu', { name: 'Menu: “Parse”' });
    await expect.element(menu).toBeVisible();
    await expect.element(menu.getByRole('menuitem').first()).toHaveFocus();
    await userEvent.keyboard('{End}');
    await expect.element(menu.getByRole('menuitem', { name: 'Delete' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(menu).not.toBeInTheDocument();
    expect(focused()).toBe('parse');
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    await menu.getByRole('menuitem', { name: 'Select downstream' }).click();
    await expect.poll(selected).toEqual(['parse', 'store', 'index']);
  });

  it('of a connection puts a stage between', async () => {
    await openDocument(fork);
    await focus('read');
    document.querySelector<HTMLElement>('.svelte-flow__edge[data-id="parse>store"]')!.focus();
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    await page.getByRole('menuitem', { name: 'Insert a stage here' }).click();
    await expect.poll(edges).toContain('new-stage>store');
    expect(edges()).toContain('parse>new-stage');
    expect(edges()).not.toContain('parse>store');
  });

  it('of the graph explains its marks', async () => {
    await openDocument(fork);
    await page.getByRole('button', { name: 'More of the graph' }).click();
    await page.getByRole('menuitem', { name: 'What the graph shows' }).click();
    await expect.element(page.getByRole('dialog', { name: 'What the graph shows' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  });
});

describe('both views', { timeout: 60_000 }, () => {
  it('agree: what is typed is drawn, what is drawn is in the text', async () => {
    const services = await openDocument(fork);
    await details(/^Document/).click();
    await expect
      .poll(() => document.querySelector('.monaco-editor .view-line'), { timeout: 30_000 })
      .toBeTruthy();
    await stageNode('Index').click();
    await focus('index');
    await userEvent.keyboard('{Delete}');
    await expect.poll(() => services.saved.text).not.toMatch(/"index"/);
    expect(nodes()).toEqual(['read', 'parse', 'store']);
  });
});
