import { Fifo } from './fifo.ts';
import { Lfu } from './lfu.ts';
import { LruBuckets } from './lru-buckets.ts';
import { Lru } from './lru.ts';
import type { Policy, PolicyName } from './policy.ts';
import type { Slots } from './slots.ts';
import { WTinyLfu } from './w-tinylfu.ts';

const policies: Readonly<Record<PolicyName, new (slots: Slots) => Policy>> = {
  lru: Lru,
  fifo: Fifo,
  lfu: Lfu,
  'lru-buckets': LruBuckets,
  'w-tinylfu': WTinyLfu,
};

export const makePolicy = (name: PolicyName, slots: Slots): Policy => new policies[name](slots);
