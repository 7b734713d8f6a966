import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkBooks } from '../../src/measure/books.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import { Faults } from '../../src/simulate/faults.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { Mark, Outcome, type Trace } from '../../src/trace/types.ts';
import { arbitraryCase } from '../sim/arbitrary-case.ts';
import { cpuStage, document, simulateDocument } from '../sim/run.ts';

const seed = 20261121;

describe('the books, counted again from the record', () => {
  test(`balance in random documents where much goes wrong, runs that are stopped too (seed ${seed})`, () => {
    const gaps = { retriedAlls: 0, waitingOutside: 0 };
    fc.assert(
      fc.property(arbitraryCase, ({ document: doc, cores, overheads, faults }) => {
        const { pipeline } = parseDocument(doc);
        const plan = faults && new Faults(faults);
        const { trace } = simulate(pipeline!, { cores, overheads, faults: plan });
        expect(checkBooks(trace)).toEqual([]);
        const { items, results } = trace.meta;
        if (
          trace.items.parent.subarray(0, trace.items.count).filter(isOfSource).length >
          items.emitted
        )
          gaps.waitingOutside++;
        if (results.emitted > 0 && trace.tasks.outcome.includes(Outcome.retried))
          gaps.retriedAlls++;
      }),
      { numRuns: 400, seed },
    );
    // What is hard to count came up.
    expect(gaps.waitingOutside).toBeGreaterThan(0);
    expect(gaps.retriedAlls).toBeGreaterThan(0);
  });

  test('an `all` that is tried again counts once, whatever it took in', () => {
    for (const count of [0, 1, 3]) {
      const { trace } = simulateDocument(
        document(
          [
            cpuStage('all', 1, {
              join: 'all',
              retry: { attempts: 2, backoff: 1 },
              work: { kind: 'synthetic', phases: [{ cpu: 1 }], failure: 1 },
            }),
          ],
          { source: { kind: 'count', count } },
        ),
      );
      expect(trace.meta.stages[0]!.retried).toBe(1);
      expect(checkBooks(trace)).toEqual([]);
    }
  });

  test('an item whose halves are let go one after the other is one item lost', () => {
    const { trace } = simulateDocument(
      document([
        cpuStage('fails', 1, { work: { kind: 'synthetic', phases: [{ cpu: 1 }], failure: 1 } }),
        cpuStage('soon', 2),
        cpuStage('late', 3),
        cpuStage('pair', 1, { after: ['fails', 'soon', 'late'] }),
      ]),
    );
    const { marks, meta } = trace;
    expect(
      marks.kind.subarray(0, marks.count).filter((kind) => kind === Mark.orphaned),
    ).toHaveLength(8);
    expect(meta.stages[3]!.dropped).toBe(4);
    expect(checkBooks(trace)).toEqual([]);
  });

  test('that do not balance are told', () => {
    const told = (change: (trace: Trace) => void): string[] => {
      const { trace } = simulateDocument(document([cpuStage('a', 1)]));
      expect(checkBooks(trace)).toEqual([]);
      change(trace);
      return checkBooks(trace);
    };
    expect(told(({ meta }) => meta.stages[0]!.retried++)).toEqual([
      'Stage "a" reports 1 as retried, but its record shows 0.',
    ]);
    expect(told(({ items }) => (items.fate[0] = 0))).toEqual([
      'The run counts 4 items as delivered, but the record shows 3.',
    ]);
    expect(told(({ meta }) => meta.items.emitted++)).toEqual([
      'The run brought 5 items but accounts for 4.',
      'The run counts 5 items as emitted, but the record shows 4.',
    ]);
  });
});

const isOfSource = (parent: number): boolean => parent === -1;
