import type { Component } from 'svelte';
import type { CodeWork, SyntheticWork } from '../../pipeline/types.ts';
import type { Tour } from '../welcome/tour.svelte.ts';

export type Selection =
  | { kind: 'stage'; id: string }
  | { kind: 'source' }
  | { kind: 'machine' }
  | { kind: 'limits' }
  | { kind: 'document' };
export type CodePlace =
  { kind: 'stage'; id: string } | { kind: 'module'; name: string } | { kind: 'source' };
export type Tab =
  | ('notes' | 'results' | 'why' | 'whatif' | 'prediction' | 'speedup' | 'compare' | 'sweep')
  | ('cache' | 'log' | 'code' | 'document' | 'lesson');
export type Theme = 'system' | 'light' | 'dark';

/** What is shown and how: nothing here belongs to the document. */
export class ViewStore {
  selection: Selection = $state.raw({ kind: 'machine' });
  /** Counts what has been inspected: a stage under another id is the same one, and its fields stay. */
  inspected = $state(0);
  tab: Tab = $state('notes');
  /** Counts how often somebody has asked for a tab, to be brought into sight where the page is long. */
  shows = $state(0);
  /** The code in the editor; null: nobody has asked for any yet. */
  codeOf: CodePlace | null = $state.raw(null);
  /** Where in it the caret goes next, 1-based; null: nowhere, the focus stays where it is. */
  codeAt: { line: number; column?: number } | null = $state.raw(null);
  /** Where the Document tab opens: a JSON Pointer; null: where it was. A new object asks anew. */
  documentPlace: { pointer: string } | null = $state.raw(null);
  /** The panels have the whole height beside the graph; the schedule is put away. 'briefly': nobody asked for it. */
  arePanelsFull: boolean | 'briefly' = $state(false);
  /** The dialog or page of its own that is open, and what it opened at; null: none. */
  dialog: { Dialog: Component<{ about: string }>; about: string } | null = $state.raw(null);
  /** The tour for newcomers, where one is offered or under way. */
  coach: { Coach: Component<{ tour: Tour }>; tour: Tour } | null = $state.raw(null);
  /** What a stage did before its work was switched between code and load, by stage id. */
  readonly otherWork = new Map<string, CodeWork | SyntheticWork>();
  theme: Theme = $state('system');
  /** What the system asks for, kept up to date by the page. */
  systemDark = $state(false);
  readonly dark: boolean = $derived(
    this.theme === 'dark' || (this.theme === 'system' && this.systemDark),
  );

  select(selection: Selection): void {
    if (selection.kind !== 'stage' || selection.id !== this.selectedStage()) this.inspected++;
    this.selection = selection;
  }

  selectedStage(): string | null {
    return this.selection.kind === 'stage' ? this.selection.id : null;
  }

  /** What somebody has asked for. */
  show(tab: Tab): void {
    this.tab = tab;
    this.shows++;
  }

  /** @param at puts the focus there. */
  editCode(target: CodePlace, at: ViewStore['codeAt'] = null): void {
    this.codeOf = target;
    this.codeAt = at;
    this.tab = 'code';
  }

  /** Opens the document's text at a field (or where it would be). */
  editDocument(pointer: string): void {
    this.documentPlace = { pointer };
    this.tab = 'document';
  }

  nextTheme(): void {
    this.theme = this.theme === 'system' ? 'light' : this.theme === 'light' ? 'dark' : 'system';
  }
}
