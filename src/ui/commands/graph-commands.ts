import type { App } from '../state/app.svelte.ts';
import { legendEvent } from '../graph/focus-node.ts';
import type { Command } from './command.ts';

/** The graph's hands come when they are first needed. */
export const loadActions = () => import('../graph/hands/actions.ts');
export const loadClipboard = () => import('../graph/hands/clipboard.ts');

/** What the graph's own tools do, pressed by their names: they know of the picture, and nobody else does. */
function tool(name: string): HTMLButtonElement | undefined {
  const tools = document.querySelectorAll<HTMLButtonElement>('[aria-label="Graph tools"] button');
  return [...tools].find((button) => button.textContent?.trim() === name);
}

const ofGraph: readonly Command[] = [
  {
    id: 'add-stage',
    title: 'Add a stage',
    group: 'Stages',
    words: 'new insert node graph',
    run: () => tool('Stage')?.click(),
  },
  {
    id: 'tidy',
    title: 'Tidy the graph',
    group: 'Stages',
    words: 'auto layout arrange lay out again',
    whyOff: () => (tool('Tidy')?.disabled === false ? null : 'Nothing has been moved by hand.'),
    run: () => tool('Tidy')?.click(),
  },
  {
    id: 'select-by-box',
    title: 'Select stages by a box, on or off',
    group: 'Stages',
    words: 'drag several rectangle',
    run: () => tool('Select')?.click(),
  },
  {
    id: 'graph-legend',
    title: 'What the graph shows',
    group: 'Help',
    words: 'legend key signs pond gate nodes',
    run: () => {
      document.querySelector('[aria-label="Graph"]')?.dispatchEvent(new CustomEvent(legendEvent));
    },
  },
  {
    id: 'select-all',
    title: 'Select all stages',
    group: 'Stages',
    keys: 'Mod+A',
    async run(app) {
      app.graph.selectAll();
      (await loadActions()).saySelection(app);
    },
  },
  {
    id: 'paste',
    title: 'Paste stages',
    group: 'Stages',
    keys: 'Mod+V',
    words: 'clipboard insert JSON',
    run: async (app) => void (await (await loadClipboard()).pasteByButton(app)),
  },
];

type Do = (app: App, ids: readonly string[]) => Promise<unknown>;
const withSelected: readonly (readonly [what: string, keys: string, run: Do])[] = [
  ['Copy', 'Mod+C', async (app, ids) => (await loadClipboard()).copyByButton(app, ids)],
  ['Cut', 'Mod+X', async (app, ids) => (await loadActions()).cutByButton(app, ids)],
  ['Duplicate', 'Mod+D', async (app, ids) => (await loadActions()).duplicate(app, ids)],
  ['Remove', 'Delete', async (app, ids) => (await loadActions()).remove(app, ids)],
];

/** Of the graph as a whole, and of the stages that are selected together. */
export function graphCommands({ graph }: App): Command[] {
  const { size } = graph.selected;
  const ofMany = withSelected.map(([what, keys, run]): Command => ({
    id: `${what.toLowerCase()}-selected`,
    title: `${what} the ${size} selected stages`,
    group: 'Stages',
    keys,
    words: 'delete several clipboard',
    run: async (app) => void (await run(app, [...app.graph.selected])),
  }));
  return size > 1 ? [...ofGraph, ...ofMany] : [...ofGraph];
}
