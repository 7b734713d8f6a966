import { expect, test } from 'vitest';
import { storageRoom } from '../../src/ui/tabs/cache-room.ts';

test('tells what the browser tells', async () => {
  const storage = {
    estimate: async () => ({ usage: 5, quota: 100 }),
    persisted: async () => false,
  };
  expect(await storageRoom(storage)).toEqual({ usedBytes: 5, maxBytes: 100, isPersistent: false });
});

test('knows nothing where the browser has none of it, or refuses', async () => {
  const nothing = { usedBytes: null, maxBytes: null, isPersistent: null };
  expect(await storageRoom(undefined)).toEqual(nothing);
  const refuse = () => Promise.reject(new DOMException('no', 'SecurityError'));
  expect(await storageRoom({ estimate: refuse, persisted: refuse })).toEqual(nothing);
});
