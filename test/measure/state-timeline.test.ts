import { expect, test } from 'vitest';
import fc from 'fast-check';
import { layoutStates } from '../../src/charts/layout/state-bands.ts';
import { stateTracks } from '../../src/charts/layout/state-tracks.ts';
import { fullAxis, showWindow } from '../../src/charts/layout/time-axis.ts';
import { queueLevels } from '../../src/measure/queue-levels.ts';
import { wallStates } from '../../src/measure/state-timeline.ts';
import { stateTimelines, wallShares } from '../../src/measure/wall-shares.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { arbitraryDocument } from '../sim/arbitrary-document.ts';
import { asciiTrace } from '../fixtures/ascii-trace.ts';

function run(document: PipelineDocument) {
  const { pipeline } = parseDocument(document);
  if (pipeline === null) return null;
  const { trace } = simulate(pipeline, { cores: 2, sourceItems: 20 });
  return trace.meta.makespan > 0 ? { pipeline, trace } : null;
}
const close = (ms: number) => 1e-9 * Math.max(1, ms);

test('columns of any width add up to the totals, each is filled, and an instant agrees with them', () => {
  let judged = 0;
  fc.assert(
    fc.property(arbitraryDocument, fc.integer({ min: 1, max: 300 }), (document, columns) => {
      const made = run(document);
      if (made === null) return;
      judged++;
      const { pipeline, trace } = made;
      const { makespan } = trace.meta;
      const totals = wallShares(trace, pipeline);
      const tracks = stateTracks(trace, pipeline, queueLevels(trace));
      const scene = layoutStates(tracks, fullAxis(makespan, 0, columns), 40 * tracks.length);
      expect(scene.bands).toHaveLength(trace.meta.stages.length);
      const columnMs = makespan / columns;
      for (const { track, layers } of scene.bands) {
        const total = totals[track.stage]!;
        const whole = wallStates.reduce((sum, state) => sum + total[state], 0);
        expect(Math.abs(whole - makespan)).toBeLessThan(close(makespan));
        for (const { state, floor, ceiling } of layers) {
          const sum = ceiling.reduce((all, share, at) => all + (share - floor[at]!) * columnMs, 0);
          expect(Math.abs(sum - total[state])).toBeLessThan(close(makespan) * columns);
        }
        for (const share of layers.at(-1)!.ceiling) expect(share).toBeCloseTo(1, 6);
        for (let column = 0; column < columns; column++) {
          const ms = (column + 0.5) * columnMs;
          const state = track.timeline.at(ms)!;
          const layer = layers.find((one) => one.state === state)!;
          expect(layer.ceiling[column]! - layer.floor[column]!).toBeGreaterThan(0);
        }
      }
    }),
    { numRuns: 80 },
  );
  expect(judged).toBeGreaterThan(30);
}, 30_000);

test('before the start, after the end and outside the run there is no state', () => {
  const trace = asciiTrace(`
    stages  a b
    w0      aaaa~~
    w1          bbbb
    gate b
  `);
  const [a, b] = stateTimelines(trace);
  expect([-1, 0, 3.9, 4, 5.9].map((ms) => a!.at(ms))).toEqual([
    null,
    'busy',
    'busy',
    'blocked',
    'blocked',
  ]);
  expect(a!.at(trace.meta.makespan)).toBeNull();
  expect([0, 4, 7.9].map((ms) => b!.at(ms))).toEqual(['waitForItem', 'busy', 'busy']);
  expect(a!.states).toEqual(['busy', 'blocked', 'waitForItem']);
  expect(a!.beforeMs('blocked', 5)).toBe(1);
  expect(a!.beforeMs('blocked', 99)).toBe(2);
});

test('of a window beyond the run the columns stay empty', () => {
  const trace = asciiTrace(`
    stages  a
    w0      aaaa
  `);
  const track = { stage: 0, label: 'a', timeline: stateTimelines(trace)[0]! };
  const axis = showWindow(fullAxis(8, 0, 8), 0, 8);
  const [band] = layoutStates([track], axis, 40).bands;
  expect([...band!.layers.at(-1)!.ceiling]).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
});

test('of a run that goes on each stage ends where its tasks are no longer all known', () => {
  const trace = asciiTrace(`
    stages  a b
    w0      aaaa
    w1          bbbb
  `);
  const [a, b] = stateTimelines(trace, undefined, queueLevels(trace), [4, 6]);
  expect([a!.at(3), a!.at(5), b!.at(5), b!.at(7)]).toEqual(['busy', null, 'busy', null]);
  expect(b!.totals()).toMatchObject({ waitForItem: 4, busy: 2 });
});
