import type { Pipeline } from '../../pipeline/types.ts';
import type { Trace } from '../../trace/types.ts';
import { noFindings, whyFindings, type WhyFindings } from './why-analysis.ts';

/** Bits are worked out until this much of the page's time is gone, then the page has its turn, ms. */
const turnMs = 6;

/** A run, and what has been found out about it so far. */
export interface Explained<Run> {
  run: Run;
  findings: WhyFindings;
}

/**
 * What there is to say of a run, worked out while the page stays free. Until it is whole the run before is
 * what is shown, so that nothing flickers; where there is none, the bits as they come. Call it while a
 * component is set up.
 */
export function whyReader<Run extends { trace: Trace; pipeline: Pipeline }>(
  get: () => Run | null,
): { readonly shown: Explained<Run> | null } {
  let shown: Explained<Run> | null = $state.raw(null);
  let isWhole = false;
  $effect(() => {
    const run = get();
    if (run === null) {
      shown = null;
      isWhole = false;
      return;
    }
    const bits = whyFindings(run.trace, run.pipeline);
    let findings: WhyFindings = noFindings;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const goOn = (): void => {
      const untilMs = performance.now() + turnMs;
      let isDone: boolean;
      do {
        const { done = false, value } = bits.next();
        isDone = done;
        if (value) findings = { ...findings, ...value };
      } while (!isDone && performance.now() < untilMs);
      if (isDone || !isWhole) shown = { run, findings };
      isWhole = isDone || isWhole;
      if (!isDone) timer = setTimeout(goOn);
    };
    // The first bits at once: a small run is there with the first look.
    goOn();
    return () => clearTimeout(timer);
  });
  return {
    get shown() {
      return shown;
    },
  };
}
