import { expect, test } from 'vitest';
import { describeTruth, readTruth } from './ground-truth.ts';
import { importInstance, orders, scheduleOf } from './import-instance.ts';
import { criticalPath } from './published-problem.ts';
import type { Trace } from '../../src/trace/types.ts';

interface RecordedTask {
  id: string;
  parents: string[];
  outputFiles: string[];
}
interface Recorded {
  workflow: {
    specification: { tasks: RecordedTask[]; files: { id: string; sizeInBytes: number }[] };
    execution: { tasks: { id: string; runtimeInSeconds?: number }[] };
  };
}

const files = [
  '1000genome-chameleon-4ch-100k-001.json',
  'blast-chameleon-small-001.json',
  'epigenomics-chameleon-hep-7seq-50k-001.json',
  'helloworld-forkjoin-10-chameleon.json',
  'montage-chameleon-2mass-01d-001.json',
  'rnaseq-dirt02-001.json',
  'srasearch-chameleon-20a-001.json',
];
const workersForAll = 1024;
const secondsMax = 60_000;
/** Sums of the same numbers in another order, and times cut into CPU and wait: some last digits differ. */
const relativeError = 1e-9;

/** Runtimes in ms, parents by index, bytes put out; read apart from the product's importer. */
function readRecorded(text: string): {
  durations: number[];
  predecessors: number[][];
  bytes: number[];
} {
  const { specification, execution } = (JSON.parse(text) as Recorded).workflow;
  const place = new Map(specification.tasks.map(({ id }, index) => [id, index]));
  const sizes = new Map(specification.files.map(({ id, sizeInBytes }) => [id, sizeInBytes]));
  const durations = specification.tasks.map(() => 0);
  for (const { id, runtimeInSeconds = 0 } of execution.tasks) {
    durations[place.get(id)!] = runtimeInSeconds * 1000;
  }
  return {
    durations,
    predecessors: specification.tasks.map(({ parents }) => parents.map((id) => place.get(id)!)),
    bytes: specification.tasks.map(({ outputFiles }) =>
      outputFiles.reduce((sum, file) => sum + sizes.get(file)!, 0),
    ),
  };
}

const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);

function expectNear(found: number, expected: number): void {
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(relativeError * Math.abs(expected));
}

/** Each task's start minus the last end of its parents; stage i is task i. */
function earliestSlack(trace: Trace, predecessors: readonly number[][]): number {
  const { tasks } = trace;
  const start: number[] = [];
  const end: number[] = [];
  for (let row = 0; row < tasks.count; row++) {
    start[tasks.stage[row]!] = tasks.start[row]!;
    end[tasks.stage[row]!] = tasks.end[row]!;
  }
  const slacks = predecessors.map(
    (parents, task) => start[task]! - Math.max(0, ...parents.map((parent) => end[parent]!)),
  );
  return Math.min(...slacks);
}

describeTruth('wfcommons', 'recorded workflows', () => {
  test.each(files)(
    '%s: every task runs once, sums and longest path are the recorded ones',
    (file) => {
      const text = readTruth(`wfcommons/${file}`);
      const pipeline = importInstance('wfformat', text);
      const { durations, predecessors, bytes } = readRecorded(text);
      const longest = criticalPath({ durations, predecessors, demands: [], capacities: [] });
      const work = sum(durations);
      expect(work).toBeGreaterThan(0);

      const free = scheduleOf(pipeline, { workers: workersForAll, cores: workersForAll });
      expect(free.meta.ended).toBe('done');
      expect(free.meta.items).toMatchObject({ emitted: 1, delivered: 1 });
      expect(free.tasks.count).toBe(durations.length);
      expectNear(free.meta.makespan, longest);
      expect(earliestSlack(free, predecessors)).toBe(0);
      expect(pipeline.stages.map(({ work: own }) => own)).toMatchObject(
        bytes.map((size) => (size === 0 ? {} : { output: size })),
      );

      const services = Array.from(
        free.tasks.end.subarray(0, free.tasks.count),
        (end, row) => end - free.tasks.start[row]!,
      );
      expect(Math.abs(sum(services) - work)).toBeLessThan(work * 1e-6);

      const few = 4;
      for (const order of orders) {
        const trace = scheduleOf(pipeline, { workers: few, cores: few, order });
        expect(trace.tasks.count).toBe(durations.length);
        const bound = Math.max(longest, work / few);
        expect(trace.meta.makespan).toBeGreaterThanOrEqual(bound * (1 - relativeError));
        // Graham's bound: whenever a worker idles, the longest path gets shorter.
        const graham = work / few + (1 - 1 / few) * longest;
        expect(trace.meta.makespan).toBeLessThanOrEqual(graham * (1 + relativeError));
        expect(earliestSlack(trace, predecessors)).toBeGreaterThanOrEqual(0);
      }
    },
    secondsMax,
  );
});
