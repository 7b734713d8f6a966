import { hashString } from '../../base/draws.ts';

/** 32 bits of a key, as an integer; numbers by both halves of a safe integer. */
export function keyHash(key: string | number): number {
  return typeof key === 'string' ? hashString(key) | 0 : hashNumber(key);
}

function hashNumber(key: number): number {
  const upper = Math.floor(key / 4294967296) | 0;
  return mixed((key | 0) ^ Math.imul(upper, 0x9e3779b1));
}

/** The finalizer of MurmurHash3: every input bit flips every output bit with chance ½. */
export function mixed(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
