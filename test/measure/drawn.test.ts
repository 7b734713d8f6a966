import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import { serialShare } from '../../src/measure/amdahl.ts';
import { checkBooks } from '../../src/measure/books.ts';
import { criticalPath } from '../../src/measure/critical-path.ts';
import { itemHistory } from '../../src/measure/item-history.ts';
import { LevelIndex } from '../../src/measure/level-index.ts';
import { memoryLevels, queueLevels } from '../../src/measure/queue-levels.ts';
import { taskTimes } from '../../src/measure/states.ts';
import { countingSeries, meanOver, valueAt } from '../../src/measure/step-series.ts';
import { summarize } from '../../src/measure/summary.ts';
import { Mark, Outcome } from '../../src/trace/types.ts';
import { asciiTrace, drawnTrace } from '../fixtures/ascii-trace.ts';

const chain = withDefaults({
  format: 'millrace/1',
  stages: ['a', 'b'].map((id, index) => ({
    id,
    after: index === 0 ? [] : ['a'],
    work: { kind: 'synthetic' as const, phases: [{ cpu: 1 }] },
  })),
});

describe('levels', () => {
  it('counts who waits in each queue', () => {
    const trace = asciiTrace(`
      stages  a b
      w0      aa aaaa
      w1          bbbbbb
      w2                 bb
    `);
    const [a, b] = queueLevels(trace);
    // Both items of a are there at 0; the first starts at once, the second at 3.
    expect([...a!.time]).toEqual([0, 3]);
    expect([...a!.value]).toEqual([1, 0]);
    // Item 0 waits for b from 2 to 4, item 1 from 7 to 11.
    expect([...b!.time]).toEqual([2, 4, 7, 11]);
    expect([...b!.value]).toEqual([1, 0, 1, 0]);
    expect(meanOver(b!, 0, 12)).toBeCloseTo(6 / 12);
  });
  it('counts the members of a batch, and what was dropped out of the queue', () => {
    const trace = drawnTrace(
      ['a'],
      [
        {
          stage: 0,
          worker: 0,
          start: 5,
          end: 6,
          leave: 6,
          ready: 4,
          members: [
            [0, 1],
            [1, 4],
          ],
        },
      ],
      [{ time: 3, kind: Mark.dropOldest, stage: 0, item: 2, value: 2 }],
    );
    const [a] = queueLevels(trace);
    expect([...a!.time]).toEqual([1, 2, 3, 4, 5]);
    expect([...a!.value]).toEqual([1, 2, 1, 2, 0]);
  });
  it('follows the bytes in flight', () => {
    const trace = drawnTrace(
      ['a'],
      [
        { stage: 0, worker: 0, start: 0, end: 1, leave: 1, held: 100 },
        { stage: 0, worker: 0, start: 1, end: 4, leave: 4, held: 40 },
      ],
    );
    const memory = memoryLevels(trace);
    expect([valueAt(memory, 0.5), valueAt(memory, 2), valueAt(memory, 9)]).toEqual([0, 100, 40]);
  });
  it('finds the same extremes as looking at every step', () => {
    const times = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 300 });
    fc.assert(
      fc.property(
        times,
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: 51, max: 120 }),
        (starts, from, to) => {
          const series = countingSeries(
            Float64Array.from(starts),
            Float64Array.from(starts, (at) => at + 7),
          );
          const { min, max, last } = new LevelIndex(series).buckets(from, to, 10);
          for (let bucket = 0; bucket < 10; bucket++) {
            const low = from + ((to - from) * bucket) / 10;
            const high = from + ((to - from) * (bucket + 1)) / 10;
            const seen = [valueAt(series, low)];
            series.time.forEach((at, i) => {
              if (at > low && at < high) seen.push(series.value[i]!);
            });
            // Only what happens on the very edge may fall on either side.
            if (series.time.some((at) => at === low || at === high)) continue;
            expect(min[bucket]).toBe(Math.min(...seen));
            expect(max[bucket]).toBe(Math.max(...seen));
            expect(last[bucket]).toBe(seen.at(-1));
          }
        },
      ),
    );
  });
});

describe('task times', () => {
  it('splits every task among its waits, its service and its blocked tail', () => {
    const trace = asciiTrace(`
      stages  a b
      w0      AAaaaa~~ aaaa
      w1              bbbb
      w2                     bb
      gate a   w
      gate b          p     w o
    `);
    const [a, b] = taskTimes(trace);
    expect(a).toMatchObject({ busy: 10, setup: 2, blocked: 2, waitForWorker: 9, waitForPermit: 0 });
    // Item 0 is ready and starts at 8; item 1 is ready at 13, the permit is lacking until 14.
    expect(b).toMatchObject({ busy: 6, waitForPermit: 1, waitForWorker: 1 });
    const sum = (t: typeof a) =>
      t!.busy +
      t!.blocked +
      t!.waitForItem +
      t!.waitForPermit +
      t!.waitForLimit +
      t!.waitForWorker +
      t!.paused +
      t!.lookUp;
    const whole = [0, 0];
    for (let row = 0; row < trace.tasks.count; row++) {
      whole[trace.tasks.stage[row]!]! += trace.tasks.leave[row]! - trace.tasks.arrive[row]!;
    }
    expect([sum(a), sum(b)]).toEqual(whole);
  });
});

describe('a summary', () => {
  it('has the numbers of the run', () => {
    const trace = asciiTrace(`
      stages  a b
      w0      aaaabbbb
      w1      aaaa    bbbb
    `);
    const summary = summarize(trace, chain, { results: 'ab12' });
    expect(summary).toMatchObject({
      makespan: 12,
      throughput: (2 / 12) * 1000,
      latency: { mean: 10, p50: 10 },
      workers: { count: 2, utilization: 16 / 24 },
      results: 'ab12',
      digest: null,
    });
    expect(summary.stages['b']).toMatchObject({
      tasks: 2,
      busy: 8,
      waitForWorker: 4,
      queue: { max: 1 },
    });
  });
  it('of an empty run is all zeros and finite', () => {
    const summary = summarize(drawnTrace(['a', 'b'], []), chain);
    expect(summary.throughput).toBe(0);
    expect(JSON.stringify(summary)).not.toContain('NaN');
    expect(summary.bound.value).toBe(0);
  });
});

describe('the books', () => {
  it('balance for a drawn run, and say what is wrong when a number is changed', () => {
    const trace = asciiTrace(`
      stages  a
      w0      aaaa aaa!
    `);
    expect(checkBooks(trace)).toEqual([]);
    trace.meta.stages[0]!.delivered++;
    trace.meta.items.delivered--;
    expect(checkBooks(trace)).toEqual([
      'The run brought 2 items but accounts for 1.',
      'The run counts 0 items as delivered, but the record shows 1.',
      'Stage "a" received 2 items but accounts for 3.',
    ]);
  });
});

describe('the history of an item', () => {
  it('lists its tasks with what each waited for', () => {
    const trace = asciiTrace(`
      stages  a b
      w0      aaaaaaaa
      w1        aaabbbb
      gate a  w o
    `);
    trace.tasks.outcome[0] = Outcome.ok;
    const steps = itemHistory(trace, 1);
    expect(steps.map((step) => [step.stage, step.startMs, step.endMs, step.waits])).toEqual([
      [0, 2, 5, [{ for: 'worker', ms: 2 }]],
    ]);
  });
});

describe('the critical path', () => {
  it('goes from permit to permit and back to the input', () => {
    const trace = asciiTrace(`
      stages  a b
      w0      aaa bbbb
      w1      aaaa    bbbb
      gate b     ow  p   o
    `);
    const steps = criticalPath(trace, chain).map((step) => {
      const name = trace.meta.stages[step.stage]!.id;
      return `${name} ${step.startMs}–${step.endMs} ${step.waitedFor}, gap ${step.gapMs}`;
    });
    expect(steps).toEqual(['a 0–3 arrival, gap 0', 'b 4–8 input, gap 1', 'b 8–12 permit, gap 0']);
  });
  it('goes on through tasks that began and ended in one tick of the clock', () => {
    const task = (start: number, end: number) => ({
      ...{ stage: 0, worker: 0, ready: 0, arrive: 0 },
      ...{ start, end, leave: end },
    });
    const trace = drawnTrace(['a'], [task(0, 1), task(1, 1), task(1, 1), task(1, 1), task(1, 4)]);
    const one = { ...chain, stages: chain.stages.slice(0, 1) };
    const steps = criticalPath(trace, one);
    expect(steps.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 1],
      [1, 1],
      [1, 1],
      [1, 1],
      [1, 4],
    ]);
  });
});

describe('the serial share', () => {
  it('is the work of a join through which everything passes', () => {
    const pipeline = withDefaults({
      format: 'millrace/1',
      stages: [chain.stages[0]!, { ...chain.stages[1]!, join: 'all' }],
    });
    const trace = asciiTrace(`
      stages  a b
      w0      aaa aaa aaa b
    `);
    expect(serialShare(trace, pipeline)).toEqual({ serialMs: 1, totalMs: 10, share: 0.1 });
    expect(serialShare(trace, chain).serialMs).toBe(0);
  });
});
