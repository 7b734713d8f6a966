import { Mark, type Trace } from '../trace/types.ts';
import { countingSeries, type StepSeries } from './step-series.ts';
import { TimeList } from './time-list.ts';

/**
 * Items that have come to the source and are not let in yet, over time. Above 0 the source is held back:
 * by a full buffer, by the limit of items in flight or by the memory mark. Of a source that is asked for
 * its items no more come than were asked for, so how many they are says little; that there are any, all.
 */
export function sourceLine({ items, marks, meta }: Trace): StepSeries {
  const came = new TimeList();
  const letIn = new TimeList();
  for (let mark = 0; mark < marks.count; mark++) {
    if (marks.kind[mark] !== Mark.admitted) continue;
    came.push(marks.value[mark]!);
    letIn.push(marks.time[mark]!);
  }
  // They are let in in the order they came in: those that never were are the last ones.
  let admitted = meta.items.emitted;
  for (let item = 0; item < items.count; item++) {
    if (items.parent[item] === -1 && --admitted < 0) came.push(items.arrive[item]!);
  }
  return countingSeries(came.taken(), letIn.taken());
}
