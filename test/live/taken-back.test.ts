import { describe, expect, test } from 'vitest';
import type { LiveMachine } from '../../src/live/coordinator/live-machine.ts';
import { Outcome } from '../../src/trace/types.ts';
import { begun, type Puppet } from './puppets.ts';

const items = 12;

/** Ends of tasks by their outcome. */
function outcomes({ trace }: LiveMachine) {
  const count = (outcome: number): number =>
    Array.from(trace.tasks.outcome.subarray(0, trace.tasks.count)).filter((one) => one === outcome)
      .length;
  return { ok: count(Outcome.ok), lost: count(Outcome.lost), cancelled: count(Outcome.cancelled) };
}

// The simulated coordinator copies what it has chosen, whatever becomes of its worker meanwhile: as this one does.
describe('tasks that are taken back from a worker before it began them', () => {
  test('had all been sent, and so copied; to another worker they are sent once more', () => {
    const { machine, puppets } = begun({ items });
    const [one, other] = puppets as [Puppet, Puppet];
    const sentAhead = one.sent.length - 2;
    expect(sentAhead).toBeGreaterThan(0);
    const lost = one.sent.slice(1).map(({ item }) => item);
    one.dies();
    expect(puppets).toHaveLength(3);
    puppets[2]!.isReady();
    for (let ended = 0; ended < items; ended++) {
      for (const puppet of [other, puppets[2]!]) if (puppet.sent.length > ended) puppet.end();
    }
    const again = [...other.sent, ...puppets[2]!.sent].map(({ item }) => item);
    expect(again).toEqual(expect.arrayContaining(lost));
    expect(machine.trace.meta.ended).toBe('done');
    expect(one.sent.length + other.sent.length + puppets[2]!.sent.length).toBe(items + lost.length);
  });

  test('where any of them may have been the cause, each runs again with nothing behind it', () => {
    const { puppets } = begun({ items });
    const [one, other] = puppets as [Puppet, Puppet];
    const lost = new Set(one.sent.slice(1).map(({ item }) => item));
    expect(lost.size).toBeGreaterThan(2);
    one.dies();
    const again = puppets[2]!;
    again.isReady();
    for (let ended = 0; ended < items; ended++) {
      for (const puppet of [other, again]) {
        const open = puppet.sent.slice(ended).map(({ item }) => item);
        if (open.some((item) => lost.has(item))) expect(open).toHaveLength(1);
        if (open.length > 0) puppet.end();
      }
    }
  });

  test('when the run is stopped there is nothing that was chosen and not sent', () => {
    const { machine, puppets } = begun({ items });
    const sent = () => puppets.reduce((sum, puppet) => sum + puppet.sent.length, 0);
    const sentBefore = sent();
    machine.stop();
    expect(machine.trace.meta.ended).toBe('stopped');
    expect(sent()).toBe(sentBefore);
    const { ok, cancelled } = outcomes(machine);
    expect(ok).toBe(1);
    expect(cancelled).toBe(sentBefore - 1);
    expect(puppets.every(({ isGone }) => isGone)).toBe(true);
  });
});
