/** How many steps were run, and the fewest that one of them found still to be done. */
export default function report(seen: { steps: number; left: number }, { left }: { left: number }) {
  return { steps: seen.steps + 1, left: Math.min(seen.left, left) };
}

export function init() {
  return { steps: 0, left: Infinity };
}
