import { describe, expect, test } from 'vitest';
import { SeededRandom } from '../../src/base/seeded-random.ts';
import { Zipf } from '../../src/base/zipf.ts';
import { FrequencySketch } from '../../src/cache/policy/frequency-sketch.ts';
import { keyHash } from '../../src/cache/policy/key-hash.ts';
import { SlowSketch } from './slow-sketch.ts';

describe('the frequency sketch', () => {
  test('counts as the slow one does, through ageing and growing', () => {
    const sketch = new FrequencySketch();
    const slow = new SlowSketch();
    const random = new SeededRandom(2);
    const popular = new Zipf(400, 1);
    for (let i = 0; i < 8000; i++) {
      const key = random.int(2) === 0 ? popular.keyAt(random.next()) : `k${random.int(300)}`;
      if (i === 4000) {
        sketch.ensure(200);
        slow.ensure(200);
      }
      sketch.add(keyHash(key));
      slow.add(key);
      if (i % 7 === 0) expect(sketch.estimate(keyHash(key))).toBe(slow.estimate(key));
    }
    for (let key = 0; key < 400; key++) {
      expect(sketch.estimate(keyHash(key))).toBe(slow.estimate(key));
      expect(sketch.estimate(keyHash(`k${key}`))).toBe(slow.estimate(`k${key}`));
    }
  });

  test('never counts too little before its first ageing', () => {
    const sketch = new FrequencySketch();
    const counts = new Map<number, number>();
    const random = new SeededRandom(9);
    for (let i = 0; i < 600; i++) {
      const key = random.int(90);
      sketch.add(keyHash(key));
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    for (const [key, count] of counts) {
      expect(sketch.estimate(keyHash(key))).toBeGreaterThanOrEqual(Math.min(15, count));
    }
  });
});
