import type { App } from '../state/app.svelte.ts';
import { PacedModel } from '../state/paced-model.ts';
import { Pressure } from './pressure.ts';

/**
 * In a task of its own once the page has been painted: in the first frame a chart is told its size, by the end
 * of the second it stands there. Gives what calls it off.
 */
function afterPainting(then: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(() => (timer = setTimeout(then)));
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

/** From so many tasks on it is felt how long this takes: the schedule is painted first. */
const manyTasks = 50_000;

/**
 * Keeps queues, memory and states of what the timeline shows up to date while the component lives that
 * calls this. What was there before stays until the new is.
 */
export function keepPressure({ timeline, runs }: App): void {
  const paced = new PacedModel<Pressure>();
  $effect(() => {
    const { shown } = timeline;
    if (shown === null) {
      timeline.pressure = null;
      return;
    }
    const { trace, pipeline } = shown;
    const { current, last, running, progress } = runs;
    const isMeasured = timeline.leads === 'measured';
    const of = isMeasured ? [current ?? last, timeline.stages] : [trace];
    const build = (): void => {
      const make = (): Pressure => new Pressure(trace, pipeline, isMeasured ? progress : null);
      timeline.pressure = paced.get(make, of, running);
    };
    if (trace.tasks.count < manyTasks) return build();
    return afterPainting(build);
  });
  $effect(() => () => (timeline.pressure = null));
}
