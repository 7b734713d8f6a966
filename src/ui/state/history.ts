/**
 * Undo as a list of states. Pure: every step gives a new history, the states themselves are never
 * changed (documents share the parts an edit left alone, so two hundred of them stay small).
 */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** Steps that carry the same key in a row become one: a whole drag is one undo. null: never joined. */
  readonly openKey: string | null;
}

export const historyLimit = 200;

export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [], openKey: null };
}

/** A new present. `key`: joins the step before when that has the same key and was not closed. */
export function pushState<T>(history: History<T>, next: T, key: string | null = null): History<T> {
  if (key !== null && key === history.openKey) return { ...history, present: next, future: [] };
  return {
    past: [...history.past, history.present].slice(-historyLimit),
    present: next,
    future: [],
    openKey: key,
  };
}

/** Puts another state in the present's place without a step of its own. */
export function replaceState<T>(history: History<T>, next: T): History<T> {
  return { ...history, present: next };
}

/** A new present that nobody made by hand: what was undone before it can still be redone. */
export function insertAbove<T>(history: History<T>, above: T): History<T> {
  return { ...pushState(history, above), future: history.future };
}

/** A state that came in late: it lies one undo below the present. */
export function insertBelow<T>(history: History<T>, below: T): History<T> {
  return { ...history, past: [...history.past, below].slice(-historyLimit) };
}

/** The gesture is over: the next step stands for itself, whatever its key. */
export function closeStep<T>(history: History<T>): History<T> {
  return history.openKey === null ? history : { ...history, openKey: null };
}

export function undo<T>(history: History<T>): History<T> {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: previous,
    future: [history.present, ...history.future],
    openKey: null,
  };
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future, openKey: null };
}
