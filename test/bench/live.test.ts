import { expect, test } from 'vitest';
import { readBenchArguments } from './live/arguments.ts';
import { isChain, rootsOf, type Job } from './live/job.ts';
import type { Series } from './live/rounds.ts';
import { inputOf, Sheet } from './live/sheet.ts';
import { bestOf, judge, tellWorkload } from './live/tell.ts';
import { work } from './live/work.ts';
import { boundMs, workloads } from './live/workloads.ts';

const turnsPerMs = 1000;
const jobOf = (name: string, items: number): Job =>
  workloads.find((workload) => workload.name === name)!.job(items, turnsPerMs);

/** Done here, one task after another. */
function sheetOf(job: Job): Sheet {
  const sheet = new Sheet(job);
  for (let item = 0; item < job.items; item++) {
    job.after.forEach((parents, stage) => {
      const row = item * job.after.length;
      sheet.queuedMs[row + stage] = 1;
      const output = work(stage, 0, inputOf(item, parents, sheet.outputs, row));
      sheet.write(row + stage, output, 2, 3, stage % 2);
    });
  }
  return sheet;
}

test('a contender that loses a task, does one twice or puts out something else is found out', () => {
  const job = jobOf('graph', 3);
  sheetOf(job).check();
  const wrong = sheetOf(job);
  // The last stage of the last item is one of those whose outputs come out.
  wrong.outputs[wrong.outputs.length - 1]! += 1;
  expect(() => wrong.check()).toThrow('The outputs are wrong');
  const twice = sheetOf(job);
  twice.write(0, 1, 2, 3, 0);
  expect(() => twice.check()).toThrow('601 rows were written for 600 tasks.');
  const vague = sheetOf(job);
  vague.endedMs[5] = NaN;
  expect(() => vague.check()).toThrow('The row of task 5 is not whole.');
});

test('the graph has 200 stages, ten of which the source feeds, and all others have two before them', () => {
  const job = jobOf('graph', 1);
  expect(job.after).toHaveLength(200);
  expect(rootsOf(job)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  for (const [stage, parents] of [...job.after.entries()].slice(10)) {
    expect(new Set(parents).size).toBe(2);
    for (const parent of parents) {
      expect(Math.floor(parent / 10)).toBe(Math.floor(stage / 10) - 1);
    }
  }
  expect(isChain(job)).toBe(false);
  expect(isChain(jobOf('pipeline', 1))).toBe(true);
});

test('bounds: work shared among two cores, waits by how many are open, none for no work', () => {
  expect(boundMs(jobOf('pipeline', 10), turnsPerMs, 2)).toBe(10);
  expect(boundMs(jobOf('pipeline', 10), turnsPerMs, 1)).toBe(20);
  expect(boundMs(jobOf('waits', 2001), turnsPerMs, 2)).toBe(300);
  expect(boundMs(jobOf('no-op', 10), turnsPerMs, 2)).toBe(0);
  const skewed = jobOf('skewed', 2000);
  expect(skewed).toEqual(jobOf('skewed', 2000));
  // The mean of so heavy a tail comes close only slowly.
  expect(boundMs(skewed, turnsPerMs, 2)).toBeGreaterThan(700);
  expect(boundMs(skewed, turnsPerMs, 2)).toBeLessThan(1300);
});

/** Every round took so long. */
const seriesOf = (name: string, kind: Series['kind'], ...timesMs: number[]): Series => ({
  ...{
    name,
    kind,
    items: 1000,
    boundMs: 100,
    cannot: timesMs.length === 0 ? 'it has no hands' : null,
  },
  rounds: timesMs.map((ms) => ({ ms, wholeMs: 2 * ms })),
});
const twelve = (ms: number): number[] =>
  Array.from({ length: 12 }, (_, round) => ms + round / 1000);
const series = [
  seriesOf('millrace', 'millrace', ...twelve(104)),
  seriesOf('slow', 'library', ...twelve(2200)),
  seriesOf('handless', 'library'),
  seriesOf('split', 'yardstick', ...twelve(102)),
];

test('a figure that must be reached holds, fails or is left open by its whole interval', () => {
  expect(bestOf(series, 'library')!.name).toBe('slow');
  expect(judge({ against: 'library', times: 20 }, series)?.holds).toBe(true);
  expect(judge({ against: 'library', times: 25 }, series)?.holds).toBe(false);
  expect(judge({ against: 'yardstick', times: 0.97 }, series)?.holds).toBe(true);
  expect(judge({ against: 'yardstick', times: 0.99 }, series)?.holds).toBe(false);
  expect(judge({ against: 'bound', times: 1.05 }, series)?.holds).toBe(true);
  expect(judge({ against: 'bound', times: 1.03 }, series)?.holds).toBe(false);
  expect(judge({ against: 'library', times: 20 }, [series[0]!, series[3]!])).toBe(null);
  const few = series.map((one) => ({ ...one, rounds: one.rounds.slice(0, 3) }));
  expect(judge({ against: 'library', times: 20 }, few)?.holds).toBe(null);
});

test('the table has a row for all, and says why one of them has no figures', () => {
  const text = tellWorkload(
    workloads.find(({ name }) => name === '1-ms')!,
    series,
  );
  expect(text).toMatch(/^split +yardstick +1,000 +102 ms +9,803 .* 0\.980 +1\.02/m);
  expect(text).toMatch(/^handless +library +– +–/m);
  expect(text).toContain('– handless: it has no hands.');
  expect(text).toMatch(/Must reach: .* the best yardstick \(split\), at least 0.97×: holds\./);
});

test('who takes part beside Millrace can be chosen, and a wrong kind is named', () => {
  const read = (...args: string[]) => readBenchArguments(args, { takesBeside: true });
  expect(read('100-us').beside).toBe(null);
  expect(read('--beside', 'yardstick').beside).toBe('yardstick');
  expect(() => read('--beside', 'yardsticks')).toThrow(
    '--beside takes one of library, pool, yardstick, not "yardsticks".',
  );
  expect(() => readBenchArguments(['--beside', 'pool'])).toThrow("Unknown option '--beside'");
});
