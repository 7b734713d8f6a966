import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDocument } from '../../src/pipeline/parse.ts';
import { harmless } from '../../src/simulate/fault-plan.ts';
import { Faults } from '../../src/simulate/faults.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { traceDigest } from '../../src/trace/digest.ts';
import { arbitraryCase } from './arbitrary-case.ts';
import { mustBeReached, reached } from './coverage.ts';
import { judge } from './laws.ts';
import { printCase, readCase, tellFailure } from './print-case.ts';

/** MILLRACE_SEED replays a seed, MILLRACE_RUNS asks for more, MILLRACE_CASE judges one printed case. */
const seed = process.env['MILLRACE_SEED'];
const printed = process.env['MILLRACE_CASE'];
const numRuns = Number(process.env['MILLRACE_RUNS'] ?? 4000);
const seeded = seed ? { seed: Number(seed) } : {};

test('random documents on failing machines: every run ends, and no law is broken', () => {
  if (printed) {
    judge(readCase(printed));
    return;
  }
  const seen = new Set<string>();
  const details = fc.check(
    fc.property(arbitraryCase, (found) => {
      const run = judge(found);
      for (const what of reached(found, run)) seen.add(what);
    }),
    { numRuns, ...seeded },
  );
  if (details.failed) throw new Error(tellFailure(details));
  if (numRuns >= 2000) expect(mustBeReached.filter((what) => !seen.has(what))).toEqual([]);
}, 600_000);

test('a run is the same every time, faults and all', () => {
  fc.assert(
    fc.property(arbitraryCase, ({ document, ...options }) => {
      const { pipeline } = parseDocument(document);
      const digests = [1, 2].map(() => {
        const faults = options.faults && new Faults(options.faults);
        return traceDigest(simulate(pipeline!, { ...options, faults }).trace);
      });
      expect(digests[0]).toBe(digests[1]);
    }),
    { numRuns: 200, ...seeded },
  );
}, 60_000);

test('a plan in which nothing goes wrong changes nothing', () => {
  fc.assert(
    fc.property(arbitraryCase, ({ document, cores }) => {
      const { pipeline } = parseDocument(document);
      const plain = simulate(pipeline!, { cores });
      const spared = simulate(pipeline!, { cores, faults: new Faults(harmless) });
      expect(traceDigest(spared.trace)).toBe(traceDigest(plain.trace));
    }),
    { numRuns: 200, ...seeded },
  );
}, 60_000);

test('what is printed of a case runs as the case itself', () => {
  fc.assert(
    fc.property(arbitraryCase, (found) => {
      const again = readCase(printCase(found));
      expect(traceDigest(judge(again).trace)).toBe(traceDigest(judge(found).trace));
    }),
    { numRuns: 100, ...seeded },
  );
}, 60_000);

test('a failure tells a line for the shell that runs the smallest case again', () => {
  const details = fc.check(
    fc.property(arbitraryCase, ({ document }) => document.stages.length < 3),
    { numRuns: 200, ...seeded },
  );
  const line = tellFailure(details)
    .split('\n')
    .find((one) => one.startsWith('MILLRACE_CASE='))!;
  const [command] = line.split(' npx ');
  const told = execFileSync('sh', ['-c', `${command!} printenv MILLRACE_CASE`]).toString();
  const [smallest] = details.counterexample!;
  expect(smallest.document.stages).toHaveLength(3);
  expect(printCase(readCase(told))).toBe(printCase(smallest));
});
