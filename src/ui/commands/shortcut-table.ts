import { pageKeys, type PageKey } from '../page/page-keys.ts';

export interface Shortcut {
  /** Any of these does it. */
  keys: readonly string[];
  does: string;
}
export interface ShortcutGroup {
  title: string;
  /** Where the focus has to be. */
  where: string;
  shortcuts: readonly Shortcut[];
}

const pageWords: Readonly<Record<PageKey, string>> = {
  palette: 'All commands',
  shortcuts: 'This page',
  run: 'Run, and stop while it runs',
  undo: 'Undo',
  redo: 'Redo',
  keepVersion: 'Keep a version of the document',
  share: 'Share it as a link',
  nextRegion: 'Next part of the page',
  regionBefore: 'Part of the page before',
};

const row = (does: string, ...keys: string[]): Shortcut => ({ keys, does });

/** All keys of the page. Those that work everywhere come from the table that handles them. */
export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: 'Everywhere',
    where: 'Wherever the focus is',
    shortcuts: (Object.entries(pageWords) as [PageKey, string][]).map(([key, does]) => ({
      keys: pageKeys[key].keys,
      does,
    })),
  },
  {
    title: 'Graph',
    where: 'With the focus on a stage or connection',
    shortcuts: [
      row('Along the connections', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'),
      row('Move the stage', 'Alt+ArrowLeft', 'Alt+ArrowRight'),
      row('Select', 'Enter'),
      row('Select one more, or one less', 'Shift+Enter'),
      row('Select all', 'Mod+A'),
      row('Select nothing', 'Escape'),
      row('Rename', 'F2'),
      row('Add a stage after it', 'A', 'Insert'),
      row('Connect to…', 'C'),
      row('Copy', 'Mod+C'),
      row('Cut', 'Mod+X'),
      row('Paste', 'Mod+V'),
      row('Duplicate', 'Mod+D'),
      row('Delete', 'Delete'),
      row('Menu', 'Shift+F10'),
    ],
  },
  {
    title: 'Schedule',
    where: 'With the focus on a chart',
    shortcuts: [
      row('Task before or after', 'ArrowLeft', 'ArrowRight'),
      row('Row above or below', 'ArrowUp', 'ArrowDown'),
      row('Lane before or after', 'PageUp', 'PageDown'),
      row('First or last task', 'Home', 'End'),
      row('Light up the way of its item', 'Enter'),
      row('Find an item', '/'),
      row('Critical path', 'C'),
      row('Pan', 'Shift+ArrowLeft', 'Shift+ArrowRight'),
      row('Zoom in', '+'),
      row('Zoom out', '-'),
      row('Show all', '0'),
      row('Replay: play, pause', 'Space'),
      row('Replay: event before or after', ',', '.'),
      row('Nothing lit up, no instant held', 'Escape'),
    ],
  },
  {
    title: 'Inspector',
    where: 'With the focus in a field with a number',
    shortcuts: [
      row('One step up or down', 'ArrowUp', 'ArrowDown'),
      row('A tenth of a step', 'Alt+ArrowUp', 'Alt+ArrowDown'),
      row('Ten steps', 'Shift+ArrowUp', 'Shift+ArrowDown', 'PageUp', 'PageDown'),
      row('To the heading of its group; Up and Down go on to the others', 'Escape'),
    ],
  },
  {
    title: 'Code and document text',
    where: 'In the editor',
    shortcuts: [
      row('Into the editor', 'Enter'),
      row('Out of it', 'Escape'),
      row('Complete', 'Mod+Space'),
      row('Commands of the editor', 'F1'),
    ],
  },
];
