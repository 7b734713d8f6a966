import { describe, expect, test } from 'vitest';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import { toDocument } from '../../src/pipeline/to-document.ts';
import * as edit from '../../src/pipeline/edit.ts';
import { removeStages, renameStage } from '../../src/pipeline/edit-names.ts';
import { duplicateStages } from '../../src/pipeline/paste-stages.ts';
import { stageCost, unmodelled } from '../../src/pipeline/needs-model.ts';
import { getAt } from '../../src/pipeline/pointer.ts';
import type { PipelineDocument, StageDocument } from '../../src/pipeline/types.ts';

const stage = (id: string, ...after: string[]): StageDocument => ({
  id,
  ...(after.length > 0 ? { after } : {}),
  work: { kind: 'synthetic', phases: [{ cpu: 1 }] },
});
const document: PipelineDocument = {
  format: 'millrace/1',
  stages: [stage('decode'), stage('resize', 'decode'), stage('encode', 'resize')],
  targets: { stages: { resize: { target: 100 } } },
  variants: [
    { name: 'wide', set: { '/stages/resize/permits': 8, '/machine/workers': 2 } },
    { name: 'skip', set: { '/stages/encode/after': ['decode', 'resize'] } },
  ],
  sweep: { '/stages/resize/permits': [1, 2] },
  lesson: [{ title: 'Look', text: '', set: { '/stages/resize/priority': 1 } }],
};

describe('stages', () => {
  test('adding makes an id of the name, and keeps it unique', () => {
    const ids = ['Blur (2×)', 'Resize', '42 things', '', 'constructor', 'Über'].map((name) => {
      const result = edit.addStage(document, { name, after: ['decode'] });
      return result.ok && result.value.id;
    });
    expect(ids).toEqual(['blur-2', 'resize-2', 'things', 'stage', 'stage', 'u-ber']);
    expect(edit.addStage(document, { after: ['decodr'] })).toEqual({
      ok: false,
      error: 'stages.stage.after[0] is unknown: there is no stage "decodr": did you mean "decode"?',
    });
  });

  test('duplicating copies settings and parents, not children', () => {
    const result = duplicateStages(document, ['resize']);
    if (!result.ok) throw new Error(result.error);
    expect(result.value.ids).toEqual(['resize-2']);
    expect(result.value.document.stages.map((one) => one.id)).toEqual([
      'decode',
      'resize',
      'resize-2',
      'encode',
    ]);
    expect(result.value.document.stages[2]).toEqual({
      ...stage('resize', 'decode'),
      id: 'resize-2',
    });
  });

  test('renaming rewrites parents, targets, pointers and what they set', () => {
    const result = renameStage(document, 'resize', 'scale');
    if (!result.ok) throw new Error(result.error);
    expect(JSON.stringify(result.value)).toBe(
      JSON.stringify(document).replaceAll('resize', 'scale'),
    );
    expect(renameStage(document, 'resize', 'encode')).toMatchObject({
      error: 'there is a stage "encode" already',
    });
    expect(renameStage(document, 'resize', 'Scale')).toMatchObject({
      error: expect.stringMatching(/^the new id is "Scale": use lower-case/) as string,
    });
  });

  test('removing says what dangles', () => {
    const result = removeStages(document, ['resize']);
    if (!result.ok) throw new Error(result.error);
    expect(result.value.dangling).toEqual([
      '"encode" took the outputs of "resize" and is now fed by the source.',
      'the target pointed to "resize" and was taken out.',
      'the variant "wide" pointed to "resize" and was taken out.',
      'the sweep pointed to "resize" and was taken out.',
      'the lesson step "Look" pointed to "resize" and was taken out.',
    ]);
    expect(result.value.document).toEqual({
      format: 'millrace/1',
      stages: [stage('decode'), stage('encode')],
      targets: { stages: {} },
      variants: [
        { name: 'wide', set: { '/machine/workers': 2 } },
        { name: 'skip', set: { '/stages/encode/after': ['decode'] } },
      ],
      sweep: {},
      lesson: [{ title: 'Look', text: '', set: {} }],
    });
    const last = { format: 'millrace/1', stages: [stage('a')] } as PipelineDocument;
    expect(removeStages(last, ['a'])).toMatchObject({
      error: '"a" is the last stage: a pipeline needs at least one',
    });
  });
});

describe('inserting', () => {
  test('puts a stage between two that are connected, and lists it there', () => {
    const result = edit.insertStage(document, 'resize', 'encode', 'Blur');
    if (!result.ok) throw new Error(result.error);
    expect(result.value.id).toBe('blur');
    expect(result.value.document.stages.map(({ id, after }) => [id, after])).toEqual([
      ['decode', undefined],
      ['resize', ['decode']],
      ['blur', ['resize']],
      ['encode', document.stages[2]!.after!.map((id) => (id === 'resize' ? 'blur' : id))],
    ]);
  });

  test('puts one between the source and what it feeds', () => {
    const result = edit.insertStage(document, null, 'decode');
    if (!result.ok) throw new Error(result.error);
    expect(result.value.document.stages.slice(0, 2)).toMatchObject([
      { id: 'stage' },
      { id: 'decode', after: ['stage'] },
    ]);
  });

  test('is refused where there is no connection', () => {
    expect(edit.insertStage(document, 'encode', 'decode')).toMatchObject({
      error: '"decode" does not take the outputs of "encode"',
    });
    expect(edit.insertStage(document, null, 'resize')).toMatchObject({ ok: false });
  });
});

describe('connections', () => {
  test('the graph alone tells at once why two cannot be connected', () => {
    expect(edit.connectionFault(document, 'encode', 'decode')).toMatch(
      /would close a cycle: decode/,
    );
    expect(edit.connectionFault(document, 'decode', 'decode')).toMatch(/its own outputs/);
    expect(edit.connectionFault(document, 'decode', 'resize')).toMatch(/already$/);
    const apart = { ...document, stages: [...document.stages, stage('other')] };
    expect(edit.connectionFault(apart, 'encode', 'other')).toBe(null);
  });

  test('a cycle is refused by name', () => {
    expect(edit.connect(document, 'encode', 'decode')).toEqual({
      ok: false,
      error:
        'connecting "encode" to "decode" would close a cycle: decode → resize → encode → decode',
    });
    expect(edit.connect(document, 'resize', 'resize')).toMatchObject({
      error: '"resize" can\'t take its own outputs',
    });
    expect(edit.connect(document, 'decode', 'resize')).toMatchObject({
      error: '"resize" takes the outputs of "decode" already',
    });
  });
  test('made and taken away again', () => {
    const made = edit.connect(document, 'decode', 'encode');
    if (!made.ok) throw new Error(made.error);
    expect(getAt(made.value, '/stages/encode/after')).toEqual(['resize', 'decode']);
    expect(edit.disconnect(made.value, 'decode', 'encode')).toEqual({ ok: true, value: document });
    const bare = edit.disconnect(document, 'decode', 'resize');
    expect(bare.ok && 'after' in bare.value.stages[1]!).toBe(false);
    expect(edit.disconnect(document, 'encode', 'decode')).toMatchObject({ ok: false });
  });
});

describe('settings', () => {
  const value = (pointer: string, to: unknown): unknown => {
    const result = edit.setAt(document, pointer, to);
    return result.ok ? toDocument(withDefaults(result.value)) : result.error;
  };
  test('absent objects come into being, with what they need', () => {
    expect(value('/source/arrivals', { kind: 'uniform', rate: 3 })).toMatchObject({
      source: { kind: 'count', count: 200, arrivals: { kind: 'uniform', rate: 3 } },
    });
    expect(getAt(value('/stages/resize/cache/ttl', 5), '/stages/resize/cache')).toEqual({ ttl: 5 });
  });
  test('what does not fit is refused in a sentence', () => {
    expect(value('/machine/workers', 0)).toBe(
      'machine.workers is 0: use a whole number of 1 or more, or "cores"',
    );
    expect(value('/stages/resise/permits', 1)).toBe(
      'there is no stage "resise": did you mean "resize"?',
    );
    expect(value('/stages/resize/permit', 1)).toBe(
      'stages.resize.permit is not a field here: did you mean "permits"?',
    );
    expect(value('/__proto__/x', 1)).toMatch(/has no field "__proto__"/);
  });
  test('undefined goes back to the default; an empty cache stays on', () => {
    const on = {
      ...document,
      stages: [{ ...stage('a'), cache: { ttl: 5 }, batch: { size: 4 } }],
      targets: {},
      variants: [],
      sweep: {},
      lesson: [],
    };
    const reset = (pointer: string): unknown => {
      const result = edit.setAt(on, pointer, undefined);
      return result.ok ? result.value.stages[0] : result.error;
    };
    expect(reset('/stages/a/cache/ttl')).toMatchObject({ cache: {} });
    expect(reset('/stages/a/batch/size')).not.toHaveProperty('batch');
    expect(reset('/stages/a/work')).toMatch(/^stages\.a\.work is missing/);
  });
  test('a set is applied as a whole: its parts may be wrong alone', () => {
    const set = { '/machine/warm': 8, '/machine/workers': 8 };
    const few = { ...document, machine: { workers: 2 } };
    expect(edit.setAt(few, '/machine/warm', 8)).toMatchObject({ ok: false });
    const applied = edit.applySet(few, set);
    expect(applied.ok && Object.keys(applied.value).sort()).toEqual([
      'format',
      'machine',
      'stages',
      'targets',
    ]);
    expect(edit.applySet(few, set)).toMatchObject({
      ok: true,
      value: { machine: { workers: 8, warm: 8 } },
    });
  });
  test('a document with an error may be edited, and mended', () => {
    const broken = { ...document, machine: { workers: 2, warm: 5 } };
    expect(edit.setAt(broken, '/stages/resize/permits', 3)).toMatchObject({ ok: true });
    expect(edit.setAt(broken, '/machine/warm', 2)).toMatchObject({ ok: true });
    expect(edit.setAt(broken, '/stages/resize/permits', 0)).toMatchObject({ ok: false });
  });
});

test('cost: declared means, by task and by item; code needs a model', () => {
  const work: StageDocument['work'] = {
    kind: 'synthetic',
    phases: [{ cpu: { uniform: [2, 4] }, per: 'item' }, { wait: { exponential: 10 } }, { cpu: 1 }],
  };
  expect(stageCost({ work }, 4)).toEqual({ cpuMs: 13, waitMs: 10 });
  const code: StageDocument['work'] = { kind: 'code', source: 'export default (x) => x' };
  expect(stageCost({ work: code })).toBe(null);
  expect(stageCost({ work: { ...code, model: { phases: [{ cpu: 2 }] } } })).toEqual({
    cpuMs: 2,
    waitMs: 0,
  });
  const pipeline = withDefaults({
    format: 'millrace/1',
    stages: [{ id: 'parse', work: code }, stage('a')],
  });
  expect(unmodelled(pipeline)).toEqual([
    { stage: 'parse', message: expect.stringContaining('“parse”') as string },
  ]);
});
