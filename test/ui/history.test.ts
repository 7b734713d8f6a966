import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  closeStep,
  historyLimit,
  insertAbove,
  pushState,
  redo,
  startHistory,
  undo,
} from '../../src/ui/state/history.ts';

describe('history', () => {
  it('makes one step of a drag, and another of the next drag of the same knob', () => {
    let history = startHistory(0);
    for (const value of [1, 2, 3]) history = pushState(history, value, 'permits');
    history = closeStep(history);
    for (const value of [4, 5]) history = pushState(history, value, 'permits');
    expect(undo(history).present).toBe(3);
    expect(undo(undo(history)).present).toBe(0);
  });

  it('does not join a gesture across an undo', () => {
    const dragged = pushState(startHistory('a'), 'b', 'key');
    const again = pushState(undo(dragged), 'c', 'key');
    expect(again.past).toEqual(['a']);
    expect(undo(again).present).toBe('a');
  });

  it('keeps what can be redone when something is put in that nobody made by hand', () => {
    const edited = pushState(pushState(startHistory('a'), 'b'), 'c');
    const filled = insertAbove(undo(edited), 'b, measured');
    expect(filled.present).toBe('b, measured');
    expect(redo(filled).present).toBe('c');
    expect(undo(filled).present).toBe('b');
    expect(redo(redo(undo(filled))).present).toBe('c');
  });

  it('redo takes back undo, for any number of steps', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 50 }), fc.nat(50), (values, back) => {
        const start = values.reduce((history, value) => pushState(history, value), startHistory(0));
        let moved = start;
        const steps = Math.min(back, values.length);
        for (let step = 0; step < steps; step++) moved = undo(moved);
        for (let step = 0; step < steps; step++) moved = redo(moved);
        expect(moved.past).toEqual(start.past);
        expect(moved.present).toBe(start.present);
      }),
    );
  });

  it('lets the oldest states go', () => {
    let history = startHistory(-1);
    for (let step = 0; step < historyLimit + 20; step++) history = pushState(history, step);
    expect(history.past).toHaveLength(historyLimit);
    expect(history.past[0]).toBe(19);
  });
});
