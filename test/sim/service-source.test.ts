import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PageTimes, serviceItem } from '../../src/engine/service-source.ts';
import type { ServiceSettings } from '../../src/pipeline/types.ts';
import { cpuStage, document, simulateDocument } from './run.ts';

const service = (more: Partial<ServiceSettings>): ServiceSettings => ({
  items: 6,
  pageSize: 2,
  latency: 50,
  rate: null,
  failure: 0,
  ...more,
});
const times = (settings: ServiceSettings, seed = 1) => {
  const pages = new PageTimes(settings, seed);
  return Array.from({ length: settings.items }, () => pages.next());
};
const arrivals = (settings: Partial<ServiceSettings>, more = {}) => {
  const source = { kind: 'service' as const, service: service(settings), ...more };
  const { trace, error } = simulateDocument(document([cpuStage('a', 1)], { source }));
  expect(error).toBe(null);
  expect(trace.meta.items).toMatchObject({ emitted: 6, delivered: 6 });
  return [...trace.items.arrive.subarray(0, 6)];
};

describe('a paged service', () => {
  test('one page comes after the other, its items together', () => {
    expect(arrivals({})).toEqual([50, 50, 100, 100, 150, 150]);
  });
  test('the last page may be short', () => {
    expect(arrivals({ pageSize: 4 })).toEqual([50, 50, 50, 50, 100, 100]);
  });
  test('calls begin no sooner than the rate allows', () => {
    expect(arrivals({ rate: 10 })).toEqual([50, 50, 150, 150, 250, 250]);
  });
  test('arrivals of their own hold items back further', () => {
    expect(arrivals({}, { arrivals: { kind: 'uniform', rate: 25 } })).toEqual([
      50, 50, 100, 120, 160, 200,
    ]);
  });
  test('a failed call is made again, within the rate', () => {
    const settings = service({ failure: 0.5, rate: 10, items: 400 });
    const came = times(settings);
    // Calls begin at multiples of 100 ms and take 50: nothing else delays a page.
    for (const ms of came) expect((ms - 50) % 100).toBe(0);
    const pages = 200;
    const calls = (came.at(-1)! - 50) / 100 + 1;
    // Geometric with mean 2 and variance 2 a page: within 5 standard deviations of 400.
    expect(Math.abs(calls - 2 * pages)).toBeLessThan(5 * Math.sqrt(2 * pages));
  });
  test('times never fall, and depend on the seed alone', () => {
    fc.assert(
      fc.property(
        fc.record({
          items: fc.nat(60),
          pageSize: fc.integer({ min: 1, max: 9 }),
          latency: fc.constantFrom(
            0,
            5,
            { exponential: 10 },
            { uniform: [1, 9] as [number, number] },
          ),
          rate: fc.constantFrom(null, 3, 1000),
          failure: fc.constantFrom(0, 0.3, 0.9),
        }),
        fc.nat(),
        (settings, seed) => {
          const came = times(settings, seed);
          for (let i = 1; i < came.length; i++)
            expect(came[i]).toBeGreaterThanOrEqual(came[i - 1]!);
          expect(times(settings, seed)).toEqual(came);
        },
      ),
    );
  });
  test('one whose calls hardly ever succeed is refused', () => {
    const source = { kind: 'service' as const, service: { failure: 1 } };
    expect(() => simulateDocument(document([cpuStage('a', 1)], { source }))).toThrow(
      'source.service.failure is 1: its pages would hardly ever come; use 0.99 at most',
    );
  });
  test('its items are seeded', () => {
    const item = serviceItem(service({}), 7, 3);
    expect(item).toMatchObject({ index: 3, page: 1 });
    expect(item.value).toBeGreaterThanOrEqual(0);
    expect(item.value).toBeLessThan(1);
    expect(serviceItem(service({}), 7, 3)).toEqual(item);
    expect(serviceItem(service({}), 8, 3).value).not.toBe(item.value);
  });
});
