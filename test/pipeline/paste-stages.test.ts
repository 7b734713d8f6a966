import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { copyStages } from '../../src/pipeline/copy-stages.ts';
import { duplicateStages, pasteStages, readPasted } from '../../src/pipeline/paste-stages.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';
import { validDocument } from './arbitrary.ts';

const stage = (id: string, ...after: string[]): StageDocument => ({
  id,
  ...(after.length > 0 && { after }),
  work: { kind: 'synthetic', phases: [] },
});
const document: PipelineDocument = {
  format: 'millrace/1',
  limits: { api: 3, gpu: 1 },
  modules: { tokens: "import 'deep';", deep: 'export {}', other: 'export {}' },
  stages: [
    stage('decode'),
    { ...stage('resize', 'decode'), name: 'Resize', uses: { api: 1 } },
    {
      ...stage('encode', 'resize', 'decode'),
      work: { kind: 'code', source: 'import { t } from "tokens"; export default t' },
    },
  ],
};
const noParents = (): string[] => [];
const errorsOf = (of: PipelineDocument) =>
  parseDocument(of).problems.filter(({ severity }) => severity === 'error');

describe('copying', () => {
  test('takes the edges among the stages, and the limits and modules they use', () => {
    expect(copyStages(document, ['encode', 'resize'])).toEqual({
      format: 'millrace/1',
      limits: { api: 3 },
      modules: { tokens: "import 'deep';", deep: 'export {}' },
      stages: [
        { ...stage('resize'), name: 'Resize', uses: { api: 1 } },
        { ...document.stages[2], after: ['resize'] },
      ],
    });
    expect(copyStages(document, ['nowhere'])).toBe(null);
  });

  test('leaves out limits and modules that nobody there uses', () => {
    expect(copyStages(document, ['decode'])).toEqual({
      format: 'millrace/1',
      stages: [stage('decode')],
    });
  });
});

describe('pasting', () => {
  test('names a fault in the ids of what is pasted, not in those it would get', () => {
    const faulty = [stage('decode', 'encode'), stage('encode', 'decode')];
    const pasted = pasteStages(document, { format: 'millrace/1', stages: faulty }, noParents);
    if (pasted.ok) throw new Error('a cycle was pasted');
    expect(pasted.error).toContain('decode');
    expect(pasted.error).not.toContain('decode-2');
  });

  test('stands behind what it is pasted after, under free ids', () => {
    const part = copyStages(document, ['resize', 'encode'])!;
    const pasted = pasteStages(document, part, () => ['decode']);
    if (!pasted.ok) throw new Error(pasted.error);
    expect(pasted.value.ids).toEqual(['resize-2', 'encode-2']);
    expect(pasted.value.notes).toEqual([]);
    expect(pasted.value.document.stages.slice(3)).toMatchObject([
      { id: 'resize-2', name: 'Resize', after: ['decode'] },
      { id: 'encode-2', after: ['resize-2'] },
    ]);
  });

  test('says which limits and modules stay as they were', () => {
    const part: PipelineDocument = {
      format: 'millrace/1',
      limits: { api: 9, disk: 2 },
      modules: { deep: 'export const deeper = 1;' },
      stages: [{ ...stage('send'), uses: { api: 1 } }],
    };
    const pasted = pasteStages(document, part, noParents);
    if (!pasted.ok) throw new Error(pasted.error);
    expect(pasted.value.document.limits).toEqual({ api: 3, gpu: 1, disk: 2 });
    expect(pasted.value.document.modules).toEqual(document.modules);
    expect(pasted.value.notes).toEqual([
      'The limit "api" stays 3; what was pasted had 9.',
      'The module "deep" stays as it is here; what was pasted had another text.',
    ]);
  });

  test('rewrites targets, variants and sweeps, and leaves out those of other things', () => {
    const whole: PipelineDocument = {
      format: 'millrace/1',
      stages: [stage('decode'), stage('store', 'decode')],
      targets: { total: { target: 5 }, stages: { decode: { target: 1 } } },
      variants: [
        { name: 'wide', set: { '/stages/decode/permits': 2, '/stages/store/after': ['decode'] } },
        { name: 'more workers', set: { '/machine/workers': 2 } },
      ],
      sweep: { '/stages/decode/permits': [1, 2], '/machine/workers': [1, 2] },
    };
    const first = { ...document, variants: [{ name: 'wide', set: { '/machine/cores': 1 } }] };
    const pasted = pasteStages(first, whole, noParents);
    if (!pasted.ok) throw new Error(pasted.error);
    expect(pasted.value.document).toMatchObject({
      targets: { stages: { 'decode-2': { target: 1 } } },
      variants: [
        first.variants[0]!,
        {
          name: 'wide 2',
          set: { '/stages/decode-2/permits': 2, '/stages/store/after': ['decode-2'] },
        },
      ],
      sweep: { '/stages/decode-2/permits': [1, 2] },
    });
    expect(Object.keys(pasted.value.document.sweep!)).toHaveLength(1);
    expect(pasted.value.document.targets!.total).toBe(undefined);
  });

  test.each([
    ['', /^there is no text on the clipboard/],
    ['hello', /^the clipboard holds another text: copy stages/],
    ['[1]', /^the clipboard holds another text/],
    [
      '{"format": "millrace/1", "stages": [{"id": "a"',
      /no pipeline document: this is no JSON, line 1/,
    ],
    ['{"format": "millrace/1"}', /no pipeline document: .*stages/],
  ])('%j is refused in a sentence', (text, message) => {
    const read = readPasted(text);
    expect(read.ok ? '' : read.error).toMatch(message);
  });
});

describe('random documents', () => {
  const documentAndIds = validDocument.chain((of) =>
    fc.record({
      of: fc.constant(of),
      ids: fc.subarray(
        of.stages.map(({ id }) => id),
        { minLength: 1 },
      ),
      at: fc.constantFrom(null, ...of.stages.map(({ id }) => id)),
    }),
  );

  test('what is copied is a document of its own; as text and back it is the same', () => {
    fc.assert(
      fc.property(documentAndIds, ({ of, ids }) => {
        const part = copyStages(of, ids)!;
        expect(errorsOf(part)).toEqual([]);
        expect(readPasted(JSON.stringify(part))).toEqual({ ok: true, value: part });
        expect(copyStages(part, ids)).toEqual(part);
      }),
    );
  });

  test('pasting adds just these stages, with their edges, and disturbs no other', () => {
    fc.assert(
      fc.property(documentAndIds, ({ of, ids, at }) => {
        const part = copyStages(of, ids)!;
        const before = JSON.stringify(of);
        const pasted = pasteStages(of, part, () => (at === null ? [] : [at]));
        expect(JSON.stringify(of)).toBe(before);
        // A rule of the whole document may refuse it, such as the number of tasks; then it says so.
        if (!pasted.ok) return void expect(pasted.error).toMatch(/^\S.{8,}/);
        const { document: after, ids: newIds } = pasted.value;
        expect(errorsOf(after)).toEqual([]);
        expect(after.stages.slice(0, of.stages.length)).toEqual(of.stages);
        expect(new Set(after.stages.map(({ id }) => id)).size).toBe(of.stages.length + ids.length);
        const origin = new Map(newIds.map((id, index) => [id, part.stages[index]!.id]));
        after.stages.slice(of.stages.length).forEach((copy, index) => {
          const original = part.stages[index]!;
          const inside = (copy.after ?? []).flatMap((id) => origin.get(id) ?? []);
          expect(inside).toEqual(original.after ?? []);
          if (!original.after) expect(copy.after ?? []).toEqual(at === null ? [] : [at]);
          expect({ ...copy, id: original.id, after: undefined }).toEqual({
            ...original,
            after: undefined,
          });
        });
      }),
    );
  });

  test('duplicates of one stage have names of their own', () => {
    const named = { ...document, stages: [{ ...document.stages[0]!, name: 'Fast' }] };
    const once = duplicateStages(named, [named.stages[0]!.id]);
    const again = once.ok ? duplicateStages(once.value.document, [named.stages[0]!.id]) : once;
    const names = again.ok ? again.value.document.stages.map(({ name }) => name) : [again.error];
    expect(names.toSorted()).toEqual(['Fast', 'Fast copy', 'Fast copy 2']);
  });

  test('a duplicate has the parents of its original, or their duplicates', () => {
    fc.assert(
      fc.property(documentAndIds, ({ of, ids }) => {
        const result = duplicateStages(of, ids);
        if (!result.ok) return void expect(result.error).toMatch(/^\S.{8,}/);
        const { document: after, ids: newIds } = result.value;
        const originals = of.stages.filter(({ id }) => ids.includes(id));
        const copyOf = new Map(originals.map(({ id }, index) => [id, newIds[index]!]));
        for (const original of originals) {
          const copy = after.stages.find(({ id }) => id === copyOf.get(original.id))!;
          expect(copy.after ?? []).toEqual(
            (original.after ?? []).map((id) => copyOf.get(id) ?? id),
          );
        }
        expect(after.stages.filter(({ id }) => !newIds.includes(id))).toEqual(of.stages);
      }),
    );
  });
});
