import { idealOverheads } from '../../src/engine/runner.ts';
import { describe, expect, it } from 'vitest';
import type { Draw, Model, PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';
import { codeTarget } from '../../src/ui/editor/code-target.ts';
import { fileNameOf } from '../../src/ui/files/save.ts';
import { layered } from '../../src/ui/gallery/layered.ts';
import { isChain, nodeSizePx, placeBest, placeChain } from '../../src/ui/graph/layout.ts';
import { placeInLayers } from '../../src/ui/graph/place-in-layers.ts';
import { meanOf } from '../../src/base/draw-mean.ts';
import { drawKinds, kindOf, withKind } from '../../src/ui/parts/draws.ts';
import { withModels } from '../../src/explore/with-models.ts';
import { sameWork } from '../../src/ui/state/same-work.ts';
import { lineOf } from '../../src/ui/editor/line-of.ts';
import { speedupBound } from '../../src/ui/tabs/speedup-words.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { sequentialPipeline } from '../../src/explore/sequential.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import { withAt } from '../../src/pipeline/pointer.ts';
import type { RunReport } from '../../src/engine/runner.ts';
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
      expect(meanOf(changed)).toBeCloseTo(40, 6);
    }
  });
});

describe('the same work', () => {
  it('is told from another by what runs, not by names, notes or models', () => {
    const modelled = withModels(document, document, measured)!;
    const renamed = { ...modelled, name: 'Other', notes: 'x', variants: [] };
    expect(sameWork(document, renamed)).toBe(true);
    expect(sameWork(document, withAt(renamed, '/stages/a/name', 'A')!)).toBe(true);
    for (const [pointer, value] of [
      ['/stages/a/permits', 2],
      ['/stages/a/work/source', 'export default () => 1'],
      ['/machine/workers', 3],
      ['/seed', 7],
      ['/modules/m', 'export {}'],
    ] as const)
      expect(sameWork(document, withAt(document, pointer, value)!), pointer).toBe(false);
  });
});

describe('the place of a field in the text', () => {
  it('is its line, or that of the nearest field around it', () => {
    const lines = JSON.stringify(document, null, 2).split('\n');
    const at = (pointer: string) => lines[lineOf(document, pointer) - 1]!.trim();
    expect(at('/stages/b/after')).toBe('"after": [');
    expect(at('/stages/b/work/key')).toBe('"work": {');
    expect(at('/stages/a/work/source')).toMatch(/^"source": /);
    expect(lineOf(document, '/targets')).toBe(1);
  });
});

describe('speedup bound', () => {
  it('is the sequential time ÷ what the workers allow for the same tasks', () => {
    const pipeline = withDefaults({
      format: 'millrace/1',
      source: { kind: 'count', count: 40 },
      machine: { workers: 4, cores: 4 },
      stages: [{ id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 10 }] } }],
    });
    const own = simulate(pipeline, { cores: 4 }).trace;
    const sequential = simulate(sequentialPipeline(pipeline), { cores: 4 }).trace;
    const bound = speedupBound(sequential, own, pipeline)!;
    expect(bound.ratio).toBeCloseTo(4, 6);
    expect(bound.sentence).toContain('4 cores');
  });

  it('is never more than the workers that one is compared with', () => {
    const pipeline = withDefaults({
      format: 'millrace/1',
      source: { kind: 'count', count: 40 },
      machine: { workers: 2, cores: 2 },
      stages: [{ id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 1 }] } }],
    });
    const own = simulate(pipeline, { cores: 2 }).trace;
    const sequential = simulate(sequentialPipeline(pipeline), { cores: 2 }).trace;
    // What runs cost beside their tasks: here nine tenths of the time.
    sequential.meta.makespan *= 10;
    const bound = speedupBound(sequential, own, pipeline)!;
    expect(bound.ratio).toBe(2);
    expect(bound.sentence).toBe('2 workers can be at most 2 times as fast as one with one task.');
  });
});

const measured = {
  models: {
    a: { phases: [{ cpu: { perItem: [1.23456, 2.34567] } }] },
    b: { phases: [{ cpu: 99 }] },
  },
  failures: [] as RunReport['failures'],
  trace: simulate(withDefaults({ ...document, stages: document.stages.map(synthetic) }), {
    cores: 2,
  }).trace,
};
function synthetic(stage: StageDocument): StageDocument {
  return { ...stage, work: { kind: 'synthetic', phases: [{ cpu: 1 }] } };
}

describe('measured models', () => {
  it('are put into code stages only, rounded, and leave the document alone otherwise', () => {
    const next = withModels(document, document, measured);
    expect(next?.stages[0]?.work).toMatchObject({
      model: { phases: [{ cpu: { perItem: [1.23, 2.35] } }] },
    });
    expect(next?.stages[1]).toBe(document.stages[1]);
    expect(withModels(document, document, { ...measured, models: {} })).toBeNull();
  });

  it('are not taken of a stage whose items failed, timed out or were cancelled', () => {
    for (const trouble of ['failed', 'timedOut', 'cancelled'] as const) {
      const report = structuredClone(measured);
      report.trace.meta.stages[0]![trouble] = 1;
      expect(withModels(document, document, report)).toBeNull();
    }
    const failures = [{ item: '3', stage: 'a', attempt: 1, message: 'bad item' }];
    expect(withModels(document, document, { ...measured, failures })).toBeNull();
  });

  it('tell what cold code takes of a worker from what its helpers took of busy cores', () => {
    const [code] = document.stages;
    // The first three on each of two workers are slow.
    const perItem = Array.from({ length: 40 }, (_, item) => (item < 6 ? 20 : 2));
    const ran: PipelineDocument = {
      ...{ format: 'millrace/1', source: { kind: 'count', count: 40 }, machine: { workers: 2 } },
      stages: [{ ...code!, work: { kind: 'synthetic', phases: [{ cpu: { perItem } }] } }],
    };
    const { trace } = simulate(withDefaults(ran), { cores: 2 });
    const models = { a: { phases: [{ cpu: { perItem } }] } };
    const one = { ...ran, stages: [code!] };
    const coldOf = (helperShare: number) => {
      const overheads = { ...idealOverheads, helperShare };
      const next = withModels(one, one, { models, failures: [], trace }, overheads);
      return (next!.stages[0]!.work as { model: Model }).model.cold;
    };
    expect([0, 0.5].map(coldOf)).toEqual([3 * 18, (3 * 18) / 1.5]);
  });

  it('are not taken of code that was edited while it ran', () => {
    const edited = withAt(document, '/stages/a/work/source', 'export default () => 1')!;
    expect(withModels(edited, document, measured)).toBeNull();
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
    expect(placeBest(chain, '(source)', 400, 400, null)!.vertical).toBe(true);
    expect(placeBest(chain, '(source)', 1600, 300, null)!.vertical).toBe(false);
    const { places } = placeBest(chain, '(source)', 400, 400, null)!;
    const ys = chain.map(({ id }) => places.get(id)!.y);
    for (let i = 1; i < ys.length; i++)
      expect(ys[i]! - ys[i - 1]!).toBeGreaterThan(nodeSizePx.height);
  });

  it.each([0, 1, 2, 7])('places a chain of %i stages where the library would', (length) => {
    const chain = Array.from({ length }, (_, i) => ({
      id: `s${i}`,
      after: i ? [`s${i - 1}`] : [],
    }));
    expect(isChain(chain)).toBe(true);
    for (const direction of ['LR', 'TB'] as const) {
      const [own, library] = [placeChain, placeInLayers].map((place) =>
        [...place(chain, '(source)', direction)].map(([id, { x, y }]) => ({ id, x, y })),
      );
      expect(own).toEqual(library);
    }
  });

  it('waits for the library where there are branches, or stages out of order', () => {
    const fork = ['a', 'b', 'c'].map((id) => ({ id, after: id === 'a' ? [] : ['a'] }));
    const backwards = [
      { id: 'b', after: ['a'] },
      { id: 'a', after: [] },
    ];
    for (const graph of [fork, backwards, [{ id: 'a', after: ['a'] }]]) {
      expect(placeBest(graph, '(source)', 400, 400, null)).toBeNull();
      expect(placeBest(graph, '(source)', 400, 400, placeInLayers)!.places.size).toBe(
        graph.length + 1,
      );
    }
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

  it('keeps lists with numbers apart from those without', () => {
    const blocks = parseMarkdown('1. one\n2. two\n   more\n- dash\n\n4. four');
    expect(blocks).toMatchObject([
      { kind: 'list', ordered: true, start: 1, items: [[{ text: 'one' }], [{ text: 'two more' }]] },
      { kind: 'list', ordered: false, items: [[{ text: 'dash' }]] },
      { kind: 'list', ordered: true, start: 4 },
    ]);
  });

  it('reads a table with the side each column keeps to', () => {
    const table = '| stage | was |\n|---|:-:|\n| **a** | 5–8 |\n| b |\n';
    const blocks = parseMarkdown(`Before\n${table}After | all`);
    expect(blocks.map(({ kind }) => kind)).toEqual(['paragraph', 'table', 'paragraph']);
    expect(blocks[1]).toEqual({
      kind: 'table',
      align: ['left', 'center'],
      head: [[{ kind: 'text', text: 'stage' }], [{ kind: 'text', text: 'was' }]],
      rows: [
        [[{ kind: 'strong', text: 'a' }], [{ kind: 'text', text: '5–8' }]],
        [[{ kind: 'text', text: 'b' }], []],
      ],
    });
    expect(parseMarkdown('| no | rule |\n| a | b |')).toMatchObject([{ kind: 'paragraph' }]);
  });
});

it('file names hold nothing a file system refuses', () => {
  expect(fileNameOf('A / B: "c"')).toBe('a-b-c');
  expect(fileNameOf(undefined)).toBe('pipeline');
});
