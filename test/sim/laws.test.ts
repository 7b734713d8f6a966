import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { traceDigest } from '../../src/trace/digest.ts';
import { arbitraryDocument } from './arbitrary-document.ts';
import { brokenLaws } from './checkers.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import { simulateDocument } from './run.ts';

/** Validation refuses some (a zip whose halves can never meet). */
const isValid = (document: PipelineDocument): boolean => parseDocument(document).pipeline !== null;

/** fast-check prints the seed and the path of a failure; MILLRACE_SEED replays a seed. */
const seed = process.env['MILLRACE_SEED'];
const options = {
  numRuns: Number(process.env['MILLRACE_RUNS'] ?? 3000),
  ...(seed ? { seed: Number(seed) } : {}),
};

test('random documents: every run ends, and no law is broken', () => {
  fc.assert(
    fc.property(
      arbitraryDocument.filter(isValid),
      fc.integer({ min: 1, max: 4 }),
      (document, cores) => {
        const { trace, error } = simulateDocument(document, cores);
        expect(error).toBeNull();
        expect(trace.meta.ended, trace.meta.note).toBeOneOf(['done', 'failed']);
        expect(brokenLaws(document, trace)).toEqual([]);
      },
    ),
    options,
  );
}, 600_000);

test('a simulated run is the same every time', () => {
  fc.assert(
    fc.property(arbitraryDocument.filter(isValid), (document) => {
      const [first, second] = [simulateDocument(document, 2), simulateDocument(document, 2)];
      expect(traceDigest(first.trace)).toBe(traceDigest(second.trace));
    }),
    { ...options, numRuns: 200 },
  );
});
