import { describe, expect, it } from 'vitest';
import { removeLimit, renameLimit } from '../../src/pipeline/edit-limits.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';

const work = { kind: 'synthetic' as const, phases: [{ cpu: 1 }] };
const document: PipelineDocument = {
  format: 'millrace/1',
  limits: { api: 2, gpu: 1 },
  stages: [
    { id: 'a', uses: { api: 1, gpu: 1 }, work },
    { id: 'b', after: ['a'], uses: { api: 2 }, work },
  ],
  variants: [{ name: 'wide', set: { '/limits/api': 8, '/stages/a/uses/api': 2 } }],
  sweep: { '/limits/api': [2, 4], '/stages/b/permits': [1, 2] },
};
const valueOf = (result: ReturnType<typeof renameLimit>): PipelineDocument => {
  if (!result.ok) throw new Error(result.error);
  return result.value;
};

describe('a shared limit', () => {
  it('is renamed wherever it is named, in its place', () => {
    const renamed = valueOf(renameLimit(document, 'api', 'net/1'));
    expect(Object.entries(renamed.limits!)).toEqual([
      ['net/1', 2],
      ['gpu', 1],
    ]);
    expect(renamed.stages.map(({ uses }) => uses)).toEqual([
      { 'net/1': 1, gpu: 1 },
      { 'net/1': 2 },
    ]);
    expect(renamed.variants![0]!.set).toEqual({
      '/limits/net~11': 8,
      '/stages/a/uses/net~11': 2,
    });
    expect(renamed.sweep).toEqual({ '/limits/net~11': [2, 4], '/stages/b/permits': [1, 2] });
    expect(parseDocument(renamed).pipeline).not.toBeNull();
    expect(valueOf(renameLimit(renamed, 'net/1', 'api'))).toEqual(document);
  });

  it('takes its uses with it when it is removed', () => {
    const left = valueOf(removeLimit(document, 'api'));
    expect(left.limits).toEqual({ gpu: 1 });
    expect(left.stages.map(({ uses }) => uses)).toEqual([{ gpu: 1 }, undefined]);
    expect(left.variants).toEqual([{ name: 'wide', set: {} }]);
    expect(left.sweep).toEqual({ '/stages/b/permits': [1, 2] });
    expect(valueOf(removeLimit(left, 'gpu')).limits).toBeUndefined();
  });

  it('keeps a name that is taken, and needs one', () => {
    expect(renameLimit(document, 'api', 'gpu')).toMatchObject({ ok: false });
    expect(renameLimit(document, 'api', ' ')).toMatchObject({ ok: false });
  });
});
