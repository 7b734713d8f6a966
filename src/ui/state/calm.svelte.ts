/** A value that comes faster than this is passed over until it rests, ms. */
const restMs = 100;
/** While it never rests, it is taken this often, ms. */
const mostMs = 400;

/**
 * A value for what is costly to work out and nobody reads while a knob is dragged: the newest once no newer
 * one has come for a moment. The first one, and one after a rest, at once.
 * Call it while a component is set up.
 */
export function calm<T>(get: () => T): { readonly value: T } {
  let shown: T = $state.raw(get());
  /** When it was last taken, and last seen to change. */
  let takenMs = -Infinity;
  let changedMs = -Infinity;
  $effect(() => {
    const next = get();
    const nowMs = performance.now();
    const isRestless = nowMs - changedMs < restMs;
    changedMs = nowMs;
    if (!isRestless) {
      takenMs = nowMs;
      shown = next;
      return;
    }
    const waitMs = Math.min(restMs, Math.max(0, takenMs + mostMs - nowMs));
    const timer = setTimeout(() => {
      takenMs = performance.now();
      shown = next;
    }, waitMs);
    return () => clearTimeout(timer);
  });
  return {
    get value() {
      return shown;
    },
  };
}
