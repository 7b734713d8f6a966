import { fileNameOf, saveBlob } from '../files/save.ts';
import type { App } from '../state/app.svelte.ts';
import { sweepOf } from './sweep-store.svelte.ts';
import { sweepCsv, SweepWords } from './sweep-words.ts';

/** Offers every cell as a row of a CSV file; says why where there are none. */
export function saveSweep(app: App): void {
  const { shown } = sweepOf(app);
  if (shown === null) return app.tell('info', 'There are no cells yet: simulate the sweep first.');
  const lines = sweepCsv(new SweepWords(shown.document, shown.axes), shown.axes, shown.outcomes);
  const name = `${fileNameOf(shown.document.name)}-sweep.csv`;
  saveBlob(name, new Blob(lines, { type: 'text/csv' }));
}
