/** A key pressed so soon after an end was meant for what stops it, which had the focus, ms. */
const meantForBeforeMs = 500;

/**
 * For one button that begins something and stops it: whether a press on it was meant for what has just ended by
 * itself. To be called while a component is set up.
 */
export function endedJustNow(goesOn: () => boolean): (press: MouseEvent) => boolean {
  let endedMs = -Infinity;
  $effect(() => {
    if (goesOn()) return () => (endedMs = performance.now());
  });
  // Of a key there are no clicks to count.
  return ({ detail }) => detail === 0 && performance.now() - endedMs <= meantForBeforeMs;
}
