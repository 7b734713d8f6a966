import { expect, test } from 'vitest';
import { begun } from './puppets.ts';

test('who ends a silent worker does not end the one that has taken its place meanwhile', () => {
  const { machine, puppets } = begun({ items: 6 });
  machine.look(1, 1);
  machine.look(1, 1);
  expect(machine.silent.map(({ worker }) => worker)).toEqual([0, 1]);
  puppets[0]!.dies();
  const instead = puppets[2]!;
  instead.isReady();
  machine.killSilent(0);
  expect(instead.isGone).toBe(false);
  machine.killSilent(1);
  expect(puppets[1]!.isGone).toBe(true);
  machine.stop();
});
