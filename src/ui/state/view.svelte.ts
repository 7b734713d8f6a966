export type Selection =
  { kind: 'stage'; id: string } | { kind: 'source' } | { kind: 'machine' } | { kind: 'limits' };
export type CodePlace =
  { kind: 'stage'; id: string } | { kind: 'module'; name: string } | { kind: 'source' };
export type Tab = 'notes' | 'results' | 'speedup' | 'why' | 'cache' | 'log' | 'code' | 'document';
export type Theme = 'system' | 'light' | 'dark';

/** What is shown and how: nothing here belongs to the document. */
export class ViewStore {
  selection: Selection = $state.raw({ kind: 'machine' });
  tab: Tab = $state('notes');
  /** The code in the editor; null: nobody has asked for any yet. */
  codeOf: CodePlace | null = $state.raw(null);
  /** Where the Document tab opens: a JSON Pointer; null: where it was. A new object asks anew. */
  documentPlace: { pointer: string } | null = $state.raw(null);
  galleryOpen = $state(false);
  theme: Theme = $state('system');
  /** What the system asks for, kept up to date by the page. */
  systemDark = $state(false);
  readonly dark: boolean = $derived(
    this.theme === 'dark' || (this.theme === 'system' && this.systemDark),
  );

  select(selection: Selection): void {
    this.selection = selection;
  }

  selectedStage(): string | null {
    return this.selection.kind === 'stage' ? this.selection.id : null;
  }

  editCode(target: CodePlace): void {
    this.codeOf = target;
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
