import type { Chosen } from '../../share/import/imported.ts';
import type { App } from '../state/app.svelte.ts';
import { readTextAs, type TextFormat, type TextReading } from './read-text-as.ts';

/** What is about to be imported, and how it is read; nothing of it is open yet. */
export class ImportDesk {
  text = $state.raw('');
  name = $state.raw('');
  /** Where it was dropped as a file: it may have been meant as an item. */
  file: File | null = $state.raw(null);
  #wanted: TextFormat | null = $state.raw(null);
  #chosen: Chosen = $state.raw({});
  /** null: there is no text yet. */
  readonly reading: TextReading | null = $derived.by(() =>
    this.text.trim() === '' ? null : readTextAs(this.#wanted, this.text, this.name, this.#chosen),
  );

  take(text: string, name: string, file: File | null = null): void {
    this.text = text;
    this.name = name;
    this.file = file;
    this.#wanted = null;
    this.#chosen = {};
  }

  readAs(format: TextFormat): void {
    this.#wanted = format;
    this.#chosen = {};
  }

  choose(id: string, value: string | number): void {
    // The format stays what it was taken for, whatever is chosen in it.
    this.#wanted ??= this.reading?.format ?? null;
    this.#chosen = { ...this.#chosen, [id]: value };
  }

  /** Opens what is read: a step that undo takes back. */
  open(app: App): void {
    const { reading, text } = this;
    if (!reading?.result.ok) return;
    if (reading.format === 'millrace') app.openText(text);
    else app.open(reading.result.value.document);
  }
}

const desks = new WeakMap<App, ImportDesk>();

/** A page has one, so that what was taken in is there when the dialog comes. */
export function importDesk(app: App): ImportDesk {
  let desk = desks.get(app);
  if (!desk) desks.set(app, (desk = new ImportDesk()));
  return desk;
}
