import type { editor } from 'monaco-editor/editor';

/**
 * Gives a text its new wording by changing only the stretch that differs, so that the caret, the folds and
 * what is in sight stay where they are; one step of the editor's own undo.
 */
export function replaceText(model: editor.ITextModel, next: string): void {
  const { from, to, text } = differenceOf(model.getValue(), next);
  const [start, end] = [model.getPositionAt(from), model.getPositionAt(to)];
  const range = {
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
  };
  model.pushStackElement();
  model.pushEditOperations([], [{ range, text }], () => null);
  model.pushStackElement();
}

/** Where [from, to) of the old text becomes `text`: between what both begin with and what both end with. */
export function differenceOf(
  old: string,
  next: string,
): { from: number; to: number; text: string } {
  const most = Math.min(old.length, next.length);
  let from = 0;
  while (from < most && old[from] === next[from]) from++;
  let tail = 0;
  while (tail < most - from && old[old.length - 1 - tail] === next[next.length - 1 - tail]) tail++;
  return { from, to: old.length - tail, text: next.slice(from, next.length - tail) };
}
