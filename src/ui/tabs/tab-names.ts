import type { Tab } from '../state/view.svelte.ts';

/** What the tabs are called where one is spoken of. */
export const tabNames: Readonly<Record<Tab, string>> = {
  notes: 'Notes',
  results: 'Results',
  why: 'Why',
  whatif: 'What if',
  prediction: 'Prediction',
  speedup: 'Speedup',
  compare: 'Compare',
  sweep: 'Sweep',
  cache: 'Cache',
  log: 'Log',
  code: 'Code',
  document: 'Document',
  lesson: 'Lesson',
};

/** Names from outside may be anything. */
export const isTab = (name: string): name is Tab => Object.hasOwn(tabNames, name);
