import type { ItemBooks, Trace, TraceMeta } from './types.ts';

export const noItems = (): ItemBooks => ({
  emitted: 0,
  delivered: 0,
  failed: 0,
  dropped: 0,
  cancelled: 0,
});

export function emptyMeta(machine: TraceMeta['machine']): TraceMeta {
  return {
    machine,
    stages: [],
    workers: 0,
    cores: 0,
    tasksPerWorker: 1,
    makespan: 0,
    ended: 'running',
    note: '',
    items: noItems(),
    results: noItems(),
    memoryPeak: 0,
  };
}

/** Of a run that never began: nothing can be added to it. */
export function emptyTrace(machine: TraceMeta['machine']): Trace {
  const bytes = new Uint8Array(0);
  const words = new Uint16Array(0);
  const places = new Int16Array(0);
  const numbers = new Int32Array(0);
  const sizes = new Float32Array(0);
  const times = new Float64Array(0);
  return {
    meta: emptyMeta(machine),
    tasks: {
      count: 0,
      stage: words,
      worker: places,
      item: numbers,
      memberStart: numbers,
      memberCount: numbers,
      attempt: words,
      outcome: bytes,
      arrive: times,
      ready: times,
      dispatch: times,
      start: times,
      end: times,
      leave: times,
      setup: sizes,
      waited: sizes,
      bytes: sizes,
      held: sizes,
    },
    members: { count: 0, item: numbers, arrive: times, outcome: bytes },
    items: { count: 0, parent: numbers, ordinal: numbers, arrive: times, end: times, fate: bytes },
    marks: { count: 0, time: times, kind: bytes, stage: places, item: numbers, value: times },
  };
}
