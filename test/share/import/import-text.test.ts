import { describe, expect, test } from 'vitest';
import { ceilings } from '../../../src/pipeline/ceilings.ts';
import { parseDocument } from '../../../src/pipeline/parse.ts';
import type { PipelineDocument } from '../../../src/pipeline/types.ts';
import { documentLines } from '../../../src/share/document-text.ts';
import {
  importFormats,
  importText,
  type ImportFormat,
} from '../../../src/share/import/import-text.ts';
import { drawLanes } from '../../sim/lanes.ts';
import { simulateDocument } from '../../sim/run.ts';
import * as cases from './small-cases.ts';
import { flowShop, jobShop, patterson, psplib, stg, wfFormat } from './small-cases.ts';

const examples: [ImportFormat, string][] = [
  ['flow-shop', flowShop],
  ['job-shop', jobShop],
  ['stg', stg],
  ['psplib', psplib],
  ['psplib', patterson],
  ['wfformat', wfFormat],
  ['github-actions', cases.githubActions],
  ['chrome-trace', cases.chromeTrace],
  ['csv', cases.durations],
];

function imported(format: ImportFormat, text: string): PipelineDocument {
  const result = importText(format, text, 'Example');
  if (!result.ok) throw new Error(result.error);
  return result.value.document;
}

const lanesOf = (document: PipelineDocument, cores = 4): string[] =>
  drawLanes(simulateDocument(document, cores).trace).split('\n');

describe('what each format means', () => {
  test('flow shop: machines are stages with one permit, jobs are items', () => {
    const document = imported('flow-shop', flowShop);
    expect(document.source).toEqual({ kind: 'count', count: 3 });
    expect(lanesOf(document)).toEqual([
      'machine-1: 0@0-1 1@1-2 2@2-7',
      'machine-2: 0@1-5 1@5-6 2@7-8',
    ]);
  });
  test('flow shop: the variant without buffers keeps a job on its machine', () => {
    const document = imported('flow-shop', flowShop);
    const [variant] = document.variants!;
    expect(variant!.set).toEqual({ '/stages/machine-2/buffer/capacity': 0 });
    const stages = document.stages.map((stage) => ({ ...stage, buffer: { capacity: 0 } }));
    expect(lanesOf({ ...document, stages })).toEqual([
      'machine-1: 0@0-1 1@1-2~5 2@5-10',
      'machine-2: 0@1-5 1@5-6 2@10-11',
    ]);
  });
  test('job shop: operations are stages, machines are limits of one', () => {
    const document = imported('job-shop', jobShop);
    expect(document.limits).toEqual({ 'machine-0': 1, 'machine-1': 1 });
    expect(lanesOf(document)).toEqual([
      'job-1-op-1: 0@0-3',
      'job-1-op-2: 0@4-6',
      'job-2-op-1: 0@0-4',
      'job-2-op-2: 0@4-5',
    ]);
  });
  test('task graph: tasks are stages, processors are workers', () => {
    const document = imported('stg', stg);
    expect(document.stages[5]).toMatchObject({ after: ['task-2', 'task-3', 'task-4'] });
    expect(document.stages.map(({ priority = 0 }) => priority)).toEqual([5, 2, 1, 1, 1, 0]);
    const onTwo = { ...document, machine: { cores: 2, workers: 'cores' as const } };
    expect(lanesOf(onTwo)).toEqual([
      'task-0: 0@0-0',
      'task-1: 0@0-4',
      'task-2: 0@0-3',
      'task-3: 0@4-6',
      'task-4: 0@3-4',
      'task-5: 0@6-6',
    ]);
    // Fewer cores than workers change nothing: a processor is kept, not shared.
    expect(lanesOf({ ...document, machine: { cores: 1, workers: 2 } })).toEqual(lanesOf(onTwo));
  });
  test.each([
    ['sm', psplib],
    ['rcp', patterson],
  ])('project (.%s): activities are stages, resources are weighted limits', (_, text) => {
    const document = imported('psplib', text);
    expect(document.limits).toEqual({ 'resource-1': 3, 'resource-2': 1 });
    expect(document.stages.map(({ uses }) => uses)).toEqual([
      undefined,
      { 'resource-1': 2 },
      { 'resource-1': 2 },
      { 'resource-1': 3, 'resource-2': 1 },
      undefined,
    ]);
    expect(lanesOf(document)).toEqual([
      'activity-1: 0@0-0',
      'activity-2: 0@0-2',
      'activity-3: 0@2-5',
      'activity-4: 0@5-6',
      'activity-5: 0@6-6',
    ]);
  });
  test('both forms of a project make the same document', () => {
    expect(imported('psplib', psplib)).toEqual(imported('psplib', patterson));
  });
  test('recorded workflow: runtimes are CPU and wait, files are bytes, cores are a limit', () => {
    const document = imported('wfformat', wfFormat);
    expect(document.source).toEqual({ kind: 'count', count: 1, bytes: 107 });
    expect(document.limits).toEqual({ cores: 2 });
    const [split, twoCores, one, join] = document.stages;
    expect(split).toMatchObject({
      id: 'split-id001',
      name: 'Split_ID001',
      work: { phases: [{ wait: 1000 }, { cpu: 1000 }], output: 100 },
    });
    expect(twoCores).toMatchObject({
      uses: { cores: 2 },
      work: { phases: [{ cpu: 4000 }], output: 5 },
    });
    expect(one!.work).toEqual({ kind: 'synthetic', phases: [{ cpu: 3000 }] });
    expect(join).toMatchObject({
      after: ['work-id002', 'work-id003'],
      work: { phases: [{ cpu: 0 }] },
    });
    expect(document.notes).toContain('recorded on 2 cores');
    expect(document.notes).toContain('No runtime was recorded for 1 of 4 tasks');
    // One task takes both cores, so its sibling waits.
    expect(lanesOf(document)).toEqual([
      'split-id001: 0@0-2000',
      'work-id002: 0@2000-6000',
      'work-id003: 0@6000-9000',
      'join-id004: 0@9000-9000',
    ]);
  });
  test('a workflow of single-core tasks needs no limit', () => {
    const document = imported('wfformat', wfFormat.replace('"coreCount": 2,', ''));
    expect(document.limits).toBe(undefined);
    expect(document.stages.filter(({ uses }) => uses)).toEqual([]);
  });
  test('ids too long or too much alike still tell the tasks apart', () => {
    const long = 'x'.repeat(300);
    const text = wfFormat
      .replaceAll('work_ID002', `${long}_1`)
      .replaceAll('work_ID003', `${long}_2`);
    const ids = imported('wfformat', text).stages.map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
  });
});

describe('the text of an imported document', () => {
  test.each(examples)('%s: reads back as the very same valid document', (format, text) => {
    const document = imported(format, text);
    const lines = documentLines(document);
    const { document: again, problems } = parseDocument(lines);
    expect(again).toEqual(document);
    expect(problems).toEqual([]);
    expect(lines.split('\n').length).toBeGreaterThan(document.stages.length);
    expect(lines.endsWith('}\n')).toBe(true);
  });
});

test('lines may end as on Windows, and a byte order mark may lead', () => {
  for (const [format, text] of examples) {
    const foreign = `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    expect(imported(format, foreign)).toEqual(imported(format, text));
  }
});

test('a letter that is no UTF-8 in a comment does no harm, and a long name is cut', () => {
  const text = psplib.replace('made up', 'Universit\uFFFDt');
  const result = importText('psplib', text, 'x'.repeat(300));
  expect(result.ok && result.value.document.name).toHaveLength(ceilings.nameLetters);
});

test('a recorded workflow of the largest published kind fits', () => {
  const tasks = Array.from({ length: 1312 }, (_, i) => ({
    id: `task_${i}`,
    parents: i === 0 ? [] : [`task_${Math.floor((i - 1) / 4)}`],
  }));
  const text = JSON.stringify({ workflow: { specification: { tasks } } });
  expect(imported('wfformat', text).stages).toHaveLength(1312);
});

test('more tasks than a document may have stages are refused with the ceiling', () => {
  const rows = Array.from({ length: ceilings.stages + 1 }, (_, i) => `${i} 1 0`);
  const result = importText('stg', `${rows.length}\n${rows.join('\n')}\n`, 'large');
  expect(result).toEqual({
    ok: false,
    error: 'it makes no valid document: stages is a list: the ceiling is 2,000 stages',
  });
});

test('every format has an example here', () => {
  expect([...new Set(examples.map(([format]) => format))].sort()).toEqual(
    [...importFormats].sort(),
  );
});
