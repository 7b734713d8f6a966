import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ImportFormat } from '../../src/share/import/import-text.ts';
import { scheduleFaults } from './check-schedule.ts';
import { importInstance, orders, scheduleOf } from './import-instance.ts';
import { readJobShop, readPatterson, readStg, type PublishedProblem } from './published-problem.ts';

/**
 * Problems of our own making, written in the published formats, so that something stays where the published
 * instances are absent. What breaks is printed with its seed, and as small as it gets.
 */
const runs = { numRuns: 150 };

/** For each of n tasks, earlier tasks that it waits for. */
const parentLists = (tasks: number): fc.Arbitrary<number[][]> =>
  fc.tuple(
    ...Array.from({ length: tasks }, (_, task) =>
      task === 0 ? fc.constant<number[]>([]) : fc.uniqueArray(fc.nat(task - 1), { maxLength: 3 }),
    ),
  );

function faults(
  format: ImportFormat,
  text: string,
  problem: PublishedProblem,
  machine: { workers?: number } = {},
): string[] {
  const pipeline = importInstance(format, text);
  return orders.flatMap((order) =>
    scheduleFaults(scheduleOf(pipeline, { ...machine, order }), problem).map(
      (fault) => `${order}: ${fault}`,
    ),
  );
}

test('projects with resources: nothing is broken, and nothing idles', () => {
  const project = fc
    .record({ tasks: fc.integer({ min: 1, max: 12 }), resources: fc.integer({ min: 0, max: 3 }) })
    .chain(({ tasks, resources }) =>
      fc.record({
        parents: parentLists(tasks),
        capacities: fc.tuple(
          ...Array.from({ length: resources }, () => fc.integer({ min: 1, max: 5 })),
        ),
        // Demands of five at most, cut to the capacity below.
        rows: fc.tuple(
          ...Array.from({ length: tasks }, () =>
            fc.tuple(fc.nat(6), ...Array.from({ length: resources }, () => fc.nat(5))),
          ),
        ),
      }),
    );
  fc.assert(
    fc.property(project, ({ parents, capacities, rows }) => {
      const successors = parents.map((_, task) =>
        parents.flatMap((own, child) => (own.includes(task) ? [child + 1] : [])),
      );
      const lines = rows.map(([duration, ...demands], task) => {
        const cut = demands.map((demand, resource) => Math.min(demand, capacities[resource]!));
        // A task of no time holds nothing that a schedule could show.
        const held = duration === 0 ? cut.map(() => 0) : cut;
        return [duration, ...held, successors[task]!.length, ...successors[task]!].join(' ');
      });
      const text = `${rows.length} ${capacities.length}\n${capacities.join(' ')}\n${lines.join('\n')}\n`;
      expect(faults('psplib', text, readPatterson(text))).toEqual([]);
    }),
    runs,
  );
});

test('job shops: nothing is broken, and nothing idles', () => {
  const shop = fc
    .record({ jobs: fc.integer({ min: 1, max: 5 }), machines: fc.integer({ min: 1, max: 4 }) })
    .chain(({ jobs, machines }) =>
      fc.array(
        fc.array(fc.tuple(fc.nat(machines - 1), fc.integer({ min: 1, max: 6 })), {
          minLength: machines,
          maxLength: machines,
        }),
        { minLength: jobs, maxLength: jobs },
      ),
    );
  fc.assert(
    fc.property(shop, (jobs) => {
      const text = `${jobs.length} ${jobs[0]!.length}\n${jobs.map((job) => job.flat().join(' ')).join('\n')}\n`;
      expect(faults('job-shop', text, readJobShop(text))).toEqual([]);
    }),
    runs,
  );
});

test('task graphs: nothing is broken, and nothing idles', () => {
  const graph = fc.integer({ min: 1, max: 14 }).chain((tasks) =>
    fc.record({
      parents: parentLists(tasks),
      durations: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: tasks, maxLength: tasks }),
      workers: fc.integer({ min: 1, max: 4 }),
    }),
  );
  fc.assert(
    fc.property(graph, ({ parents, durations, workers }) => {
      const rows = parents.map(
        (own, task) => `${task} ${durations[task]!} ${own.length} ${own.join(' ')}`,
      );
      const text = `${rows.length}\n${rows.join('\n')}\n`;
      expect(faults('stg', text, readStg(text, workers), { workers })).toEqual([]);
    }),
    runs,
  );
});
