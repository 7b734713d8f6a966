import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TraceBuilder } from '../../src/trace/builder.ts';
import { emptyMeta } from '../../src/trace/empty-trace.ts';
import { Fate, Mark, Outcome } from '../../src/trace/types.ts';

/** One thing written into a trace, or a chunk sent. */
const step = fc.constantFrom('item', 'end', 'task', 'mark', 'send');

test('chunks of any size put together are the trace, and name no item before it came', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), fc.integer({ min: 1, max: 9 }), (steps, max) => {
      const trace = new TraceBuilder(emptyMeta('live'));
      const copy = new TraceBuilder(emptyMeta('live'));
      const send = () => {
        do {
          const chunk = trace.chunk(max);
          const { items, members, tasks, marks } = chunk;
          expect(items.count + members.count + tasks.count + marks.count).toBeLessThanOrEqual(max);
          for (const item of chunk.endedItems) expect(item).toBeLessThan(copy.items.count);
          copy.append(chunk);
          for (const item of [...members.item, ...tasks.item, ...marks.item]) {
            expect(item).toBeLessThan(copy.items.count);
          }
        } while (trace.hasMore);
      };
      let ended = 0;
      for (const one of steps) {
        const last = trace.items.count - 1;
        if (one === 'item') trace.item(-1, last + 1, last);
        else if (one === 'send') send();
        else if (last < 0) continue;
        else if (one === 'mark') trace.mark(last, Mark.cancelled, 0, last, 1);
        else if (one === 'task') {
          trace.tasks.item[trace.taskRow()] = last;
          trace.member(last, 1, Outcome.ok);
        } else if (ended <= last) trace.itemEnded(ended++, last, Fate.delivered);
      }
      send();
      const rows = ({ items, members, tasks, marks }: TraceBuilder) => ({
        fates: [...items.fate.subarray(0, items.count)],
        ends: [...items.end.subarray(0, items.count)],
        ordinals: [...items.ordinal.subarray(0, items.count)],
        members: [...members.item.subarray(0, members.count)],
        tasks: [...tasks.item.subarray(0, tasks.count)],
        marks: [...marks.item.subarray(0, marks.count)],
      });
      expect(rows(copy)).toEqual(rows(trace));
    }),
  );
});
