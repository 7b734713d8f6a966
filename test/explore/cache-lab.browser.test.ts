import { expect, test } from 'vitest';
import { runCacheLab, type LabRequest } from '../../src/explore/cache-lab.ts';
import { CacheLabClient } from '../../workers/cache-lab-client.ts';

const request: LabRequest = {
  trace: { kind: 'mix', requests: 20_000, keys: 500, seed: 1, bytes: { exponential: 4000 } },
  ...{ policies: ['lru', 'w-tinylfu'], sizes: 8, prefetch: null },
};
/** Seconds of work: more than it takes to tell and to end. */
const long: LabRequest = {
  trace: { kind: 'zipf', requests: 1_000_000, keys: 100_000, seed: 1, bytes: 1000 },
  ...{ policies: ['lru', 'fifo', 'lfu', 'lru-buckets', 'w-tinylfu'], sizes: 25, prefetch: null },
};

test('the lab on its worker finds what it finds here', async () => {
  const steps = runCacheLab(request);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  expect(await new CacheLabClient().run(request, () => {})).toEqual(step.value);
});

test('it tells how far it is, can be stopped, and begins anew', async () => {
  const lab = new CacheLabClient();
  const shares: number[] = [];
  const stopped = lab.run(long, (share) => {
    shares.push(share);
    if (shares.length === 2) lab.stop();
  });
  expect(await stopped).toBeNull();
  expect(shares).toHaveLength(2);
  expect(shares[0]).toBeGreaterThan(0);
  expect(shares[1]).toBeGreaterThan(shares[0]!);
  expect(shares[1]).toBeLessThan(1);
  // A newer one ends the one before.
  const first = lab.run(long, () => {});
  const second = lab.run(request, () => {});
  expect(await first).toBeNull();
  expect(await second).toMatchObject({ trace: { name: 'mix', requests: 20_000 } });
});
