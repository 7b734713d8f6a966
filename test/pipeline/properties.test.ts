import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import { toDocument } from '../../src/pipeline/to-document.ts';
import * as edit from '../../src/pipeline/edit.ts';
import { removeStages, renameStage } from '../../src/pipeline/edit-names.ts';
import { duplicateStages } from '../../src/pipeline/paste-stages.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import { getAt, withAt } from '../../src/pipeline/pointer.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { validDocument } from './arbitrary.ts';

function errorsOf(document: unknown): string[] {
  return parseDocument(document)
    .problems.filter((problem) => problem.severity === 'error')
    .map((problem) => problem.message);
}

describe('documents', () => {
  test('a valid one parses, as an object and as text, to the same pipeline', () => {
    fc.assert(
      fc.property(validDocument, (document) => {
        expect(errorsOf(document)).toEqual([]);
        const { pipeline } = parseDocument(JSON.stringify(document));
        expect(pipeline).toEqual(JSON.parse(JSON.stringify(parseDocument(document).pipeline)));
      }),
    );
  });

  test('parse(toDocument(p)) is p, and toDocument is as short as it gets', () => {
    fc.assert(
      fc.property(validDocument, (document) => {
        const pipeline = withDefaults(document);
        const short = toDocument(pipeline);
        expect(parseDocument(short).pipeline).toEqual(pipeline);
        expect(toDocument(parseDocument(short).pipeline!)).toEqual(short);
      }),
    );
    const smallest = {
      format: 'millrace/1',
      stages: [{ id: 'a', work: { kind: 'synthetic', phases: [] } }],
    };
    expect(toDocument(withDefaults(smallest as PipelineDocument))).toEqual(smallest);
  });

  test('no input makes the parser throw', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true }), (value) => {
        const { pipeline, problems } = parseDocument(value);
        expect(pipeline === null).toBe(problems.some((problem) => problem.severity === 'error'));
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => parseDocument(text).problems.length > 0));
  });

  test('a valid document with one value broken gives sentences, never a throw or silence', () => {
    fc.assert(
      fc.property(validDocument, fc.nat(), fc.anything(), (document, pick, value) => {
        const places = leafPlaces(document);
        const place = places[pick % places.length]!;
        const broken = replaceAt(document, place, value);
        const { problems, pipeline } = parseDocument(broken);
        if (pipeline === null) expect(problems.length).toBeGreaterThan(0);
        for (const { message } of problems) expect(message).toMatch(/^\S.{10,}/);
      }),
      { numRuns: 300 },
    );
  });
});

type Place = (string | number)[];
function leafPlaces(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [at];
  const inner = Object.keys(value).flatMap((key) =>
    leafPlaces((value as Record<string, unknown>)[key], [...at, key]),
  );
  return [at, ...inner];
}
function replaceAt(document: unknown, [key, ...rest]: Place, value: unknown): unknown {
  if (key === undefined) return value;
  const copy: Record<string | number, unknown> = Array.isArray(document)
    ? ([...(document as unknown[])] as never)
    : { ...(document as object) };
  copy[key] = replaceAt(copy[key], rest, value);
  return copy;
}

describe('edits', () => {
  const id = fc.constantFrom('s0', 's1', 's2', 's3', 's4', 'no-such');
  const action = fc.oneof(
    fc.record({
      do: fc.constant('add' as const),
      name: fc.string({ maxLength: 12 }),
      after: fc.array(id, { maxLength: 2 }),
    }),
    fc.record({ do: fc.constantFrom('connect' as const, 'disconnect' as const), from: id, to: id }),
    fc.record({ do: fc.constantFrom('remove' as const, 'duplicate' as const), id }),
    fc.record({
      do: fc.constant('rename' as const),
      id,
      to: fc.oneof(id, fc.constantFrom('fresh', 'Bad id', 'constructor')),
    }),
    fc.record({
      do: fc.constant('set' as const),
      pointer: fc.constantFrom(
        '/stages/s0/permits',
        '/stages/s1/batch/size',
        '/machine/workers',
        '/source/arrivals',
        '/limits/api',
        '/stages/s0/after',
        '/nowhere/at/all',
        '/stages/s0',
        '/machine/memory/highWater',
      ),
      value: fc.constantFrom(undefined, 0, 1, 3, null, 'cores', ['s1'], {
        kind: 'poisson',
        rate: 2,
      }),
    }),
  );

  test('every edit leaves a valid document, or is refused with a sentence', () => {
    fc.assert(
      fc.property(validDocument, fc.array(action, { maxLength: 8 }), (start, actions) => {
        let document = start;
        for (const step of actions) {
          const before = JSON.stringify(document);
          const result = apply(document, step);
          expect(JSON.stringify(document), 'an edit never changes what it was given').toBe(before);
          if (result.ok) {
            document = result.value;
            expect(errorsOf(document), JSON.stringify(step)).toEqual([]);
          } else expect(result.error).toMatch(/^\S.{8,}/);
        }
      }),
      { numRuns: 300 },
    );
  });

  function apply(
    document: PipelineDocument,
    step: typeof action extends fc.Arbitrary<infer T> ? T : never,
  ) {
    const unwrapped = <T extends { document: PipelineDocument }>(
      result: { ok: true; value: T } | { ok: false; error: string },
    ) => (result.ok ? { ok: true as const, value: result.value.document } : result);
    switch (step.do) {
      case 'add':
        return unwrapped(edit.addStage(document, step));
      case 'connect':
        return edit.connect(document, step.from, step.to);
      case 'disconnect':
        return edit.disconnect(document, step.from, step.to);
      case 'remove':
        return unwrapped(removeStages(document, [step.id]));
      case 'duplicate':
        return unwrapped(duplicateStages(document, [step.id]));
      case 'rename':
        return renameStage(document, step.id, step.to);
      case 'set':
        return edit.setAt(document, step.pointer, step.value);
    }
  }

  test('every variant of a valid document can be run', () => {
    fc.assert(
      fc.property(validDocument, (document) => {
        for (const { set } of document.variants ?? []) {
          const applied = edit.applySet(document, set);
          if (!applied.ok) throw new Error(applied.error);
          for (const [pointer, value] of Object.entries(set)) {
            expect(getAt(parseDocument(applied.value).pipeline, pointer)).toEqual(value);
          }
        }
      }),
    );
  });

  test('renaming there and back changes nothing; no trace of the old name stays', () => {
    fc.assert(
      fc.property(validDocument, (document) => {
        const there = renameStage(document, 's0', 'zero');
        if (!there.ok) throw new Error(there.error);
        expect(JSON.stringify(there.value)).not.toMatch(/[/"]s0["/]/);
        expect(renameStage(there.value, 'zero', 's0')).toEqual({ ok: true, value: document });
      }),
    );
  });

  test('what was set is what is read, and undefined takes it out again', () => {
    const pointer = fc.constantFrom(
      '/stages/s0/batch/linger',
      '/machine/tasksPerWorker',
      '/stages/s0/retry/attempts',
    );
    fc.assert(
      fc.property(validDocument, pointer, fc.nat(), (document, where, value) => {
        const set = withAt(document, where, value)!;
        expect(getAt(set, where)).toBe(value);
        expect(getAt(withAt(set, where, undefined), where)).toBe(undefined);
      }),
    );
  });
});
