import { expect, test } from 'vitest';
import type { DispatchTrick } from '../../src/engine/runner.ts';
import { begun, unitThat } from './puppets.ts';

// What is left out in `live-run.ts` (sending ahead, practising) and in workers is seen where it is.
const items = 30_000;
const run = (...without: DispatchTrick[]) => begun({ items, unit: unitThat(true), without });

test('without gathering, ends are told one by one', () => {
  const toldEvery = (...without: DispatchTrick[]) =>
    run(...without).puppets.flatMap(({ told }) => told.map(({ tellEveryMs }) => tellEveryMs));
  expect(Math.max(...toldEvery())).toBeGreaterThan(0);
  expect(new Set(toldEvery('gathering ends'))).toEqual(new Set([0]));
});

test('without making them there, inputs are sent', () => {
  const [stage] = run().puppets[0]!.stages;
  expect(stage).toMatchObject({ counted: true, moves: true });
  const { puppets } = run('making inputs');
  expect(puppets[0]!.stages[0]).toMatchObject({ counted: false, moves: true });
  expect(puppets[0]!.sent[0]!.input).toEqual({ index: 0 });
  expect(run().puppets[0]!.sent[0]!.input).toBe(undefined);
});

test('without moving, stages are not told to', () => {
  expect(run('moving buffers').puppets[0]!.stages[0]).toMatchObject({ moves: false });
});

test('without holding back, all items that are there come', async () => {
  const come = async (...without: DispatchTrick[]): Promise<number> => {
    const { machine } = run(...without);
    let before = -1;
    // Until a few turns of the event loop bring nothing new.
    for (let quiet = 0; quiet < 20; quiet++) {
      const { count } = machine.trace.items;
      if (count !== before) quiet = 0;
      before = count;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    machine.stop();
    return before;
  };
  expect(await come('holding back')).toBe(items);
  const held = await come();
  expect(held).toBeGreaterThan(1000);
  expect(held).toBeLessThan(items / 2);
});
