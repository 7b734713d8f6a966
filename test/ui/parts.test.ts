import { describe, expect, it } from 'vitest';
import type { Draw, PipelineDocument } from '../../src/pipeline/types.ts';
import { codeTarget } from '../../src/ui/editor/code-target.ts';
import { fileNameOf } from '../../src/ui/files/save.ts';
import { layered } from '../../src/ui/gallery/layered.ts';
import { placeBest, nodeSizePx } from '../../src/ui/graph/layout.ts';
import { drawKinds, kindOf, meanOfDraw, withKind } from '../../src/ui/parts/draws.ts';
import { withModels } from '../../src/ui/state/measured-models.ts';
import { parseMarkdown } from '../../src/ui/tabs/markdown.ts';
import { fullText, preview } from '../../src/ui/tabs/preview.ts';

const document: PipelineDocument = {
  format: 'millrace/1',
  stages: [
    { id: 'a', work: { kind: 'code', source: 'export default (x) => x' } },
    { id: 'b', after: ['a'], work: { kind: 'synthetic', phases: [{ cpu: 1 }] } },
  ],
};

describe('preview', () => {
  it('shows whatever stage code put out', () => {
    const loop: Record<string, unknown> = { name: 'x' };
    loop['self'] = loop;
    expect(preview({ a: [1, 'two'], b: null })).toBe('{a: [1, "two"], b: null}');
    expect(preview(new Float32Array(4))).toBe('Float32Array of 16 bytes');
    expect(preview('x'.repeat(500))).toHaveLength(160);
    expect(fullText(loop)).toContain('(again)');
    expect(fullText({ big: 12n })).toContain('12n');
    expect(preview(undefined)).toBe('undefined');
  });
});

describe('draws', () => {
  it('keep their mean when the distribution changes', () => {
    for (const [kind] of drawKinds) {
      const changed: Draw = withKind(40, kind);
      expect(kindOf(changed)).toBe(kind);
      expect(meanOfDraw(changed)).toBeCloseTo(40, 6);
    }
  });
});

describe('measured models', () => {
  it('are put into code stages only, rounded, and leave the document alone otherwise', () => {
    const next = withModels(document, {
      a: { phases: [{ cpu: { perItem: [1.23456, 2.34567] } }] },
      b: { phases: [{ cpu: 99 }] },
    });
    expect(next?.stages[0]?.work).toMatchObject({
      model: { phases: [{ cpu: { perItem: [1.23, 2.35] } }] },
    });
    expect(next?.stages[1]).toBe(document.stages[1]);
    expect(withModels(document, {})).toBeNull();
  });
});

describe('code target', () => {
  it('falls back from what was asked to what there is', () => {
    expect(codeTarget(document, { kind: 'stage', id: 'gone' }, null)?.stage).toBe('a');
    expect(codeTarget(document, null, 'b')?.pointer).toBe('/stages/a/work/source');
    expect(codeTarget({ ...document, stages: [document.stages[1]!] }, null, 'b')).toBeNull();
  });
});

describe('layout', () => {
  it('turns a long chain the way the pane is long, with no two nodes on one another', () => {
    const chain = Array.from({ length: 6 }, (_, i) => ({
      id: `s${i}`,
      after: i ? [`s${i - 1}`] : [],
    }));
    expect(placeBest(chain, '(source)', 400, 400).vertical).toBe(true);
    expect(placeBest(chain, '(source)', 1600, 300).vertical).toBe(false);
    const { places } = placeBest(chain, '(source)', 400, 400);
    const ys = chain.map(({ id }) => places.get(id)!.y);
    for (let i = 1; i < ys.length; i++)
      expect(ys[i]! - ys[i - 1]!).toBeGreaterThan(nodeSizePx.height);
  });

  it('draws small pictures even of a graph with a cycle', () => {
    const places = layered(
      [
        { id: 'a', after: ['b'] },
        { id: 'b', after: ['a'] },
      ],
      100,
      50,
    );
    expect(places.size).toBe(2);
  });
});

describe('notes', () => {
  it('are data, never HTML, and lead nowhere', () => {
    const blocks = parseMarkdown(
      '# Look\n\nTurn *permits* of `slow` **up**.\n\n- one\n  more\n- [two](https://example.org)\n\n```\n<b>\n```',
    );
    expect(blocks.map(({ kind }) => kind)).toEqual(['heading', 'paragraph', 'list', 'code']);
    expect(blocks[1]).toMatchObject({
      content: [
        {},
        { kind: 'em', text: 'permits' },
        {},
        { kind: 'code' },
        {},
        { kind: 'strong' },
        {},
      ],
    });
    expect(blocks[2]).toMatchObject({ items: [[{ text: 'one more' }], [{ text: 'two' }]] });
    expect(blocks[3]).toEqual({ kind: 'code', text: '<b>' });
  });
});

it('file names hold nothing a file system refuses', () => {
  expect(fileNameOf('A / B: "c"')).toBe('a-b-c');
  expect(fileNameOf(undefined)).toBe('pipeline');
});
