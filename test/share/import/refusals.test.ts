import { describe, expect, test } from 'vitest';
import {
  importFormats,
  importText,
  type ImportFormat,
} from '../../../src/share/import/import-text.ts';
import { flowShop, jobShop, patterson, psplib, stg, wfFormat } from './small-cases.ts';

function refusal(format: ImportFormat, text: string): string {
  const result = importText(format, text, 'x');
  return result.ok ? 'accepted' : result.error;
}

/** The text with its first `from` replaced, which must be there. */
function changed(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`"${from}" is not in the example`);
  return text.replace(from, to);
}

const cut = (text: string, from: string): string => text.slice(0, text.indexOf(from));

describe('one sentence says what is wrong and where', () => {
  test.each<[string, ImportFormat, string, string]>([
    ['nothing at all', 'stg', ' \n', 'the text is empty'],
    ['binary', 'stg', '\u0000\u0001PNG', 'this is binary, and stg is text'],
    ['words', 'flow-shop', 'hello', 'line 1: "hello" is no number'],
    ['a count of none', 'flow-shop', '0 2\n', 'line 1: the number of jobs is 0'],
    ['one count', 'job-shop', '3\n', 'line 1: 1 numbers where two are expected'],

    [
      'a row too short',
      'flow-shop',
      changed(flowShop, '1 1 5', '1 1'),
      'line 2: 2 numbers where 3',
    ],
    [
      'rows missing',
      'flow-shop',
      cut(flowShop, '4 1 1'),
      'line 2: the text ends after 1 of 2 rows',
    ],
    ['rows too many', 'flow-shop', `${flowShop}1 2 3\n`, 'line 4: more rows than the 2'],
    [
      'a negative time',
      'flow-shop',
      changed(flowShop, '4 1 1', '4 -1 1'),
      'line 3: the duration of job 2 is -1; it takes 0 or more',
    ],

    [
      'a machine that is not there',
      'job-shop',
      changed(jobShop, '1 4', '2 4'),
      'line 3: the machine of operation 1 of job 2 is 2; it takes a whole number, from 0 to 1',
    ],
    [
      'a negative time',
      'job-shop',
      changed(jobShop, '0 3', '0 -3'),
      'line 2: the duration of operation 1 of job 1 is -3',
    ],
    [
      'half an operation',
      'job-shop',
      changed(jobShop, '0 1\n', '0\n'),
      'line 3: 3 numbers where 4',
    ],

    ['a task missing', 'stg', changed(stg, '3 2 1 1\n', ''), 'line 5: task 4 stands where task 3'],
    ['an end missing', 'stg', cut(stg, '4 1 1 0'), 'line 5: the text ends after 4 rows'],
    ['both ends missing', 'stg', cut(stg, '5 0 3'), 'line 6: the text ends after 5 rows'],
    ['too many tasks', 'stg', changed(stg, '4\n', '2\n'), 'line 6: more rows than there can be'],
    [
      'parents missing',
      'stg',
      changed(stg, '5 0 3 2 3 4', '5 0 3 2 3'),
      'line 7: task 5 announces 3 parents and lists 2',
    ],
    [
      'a parent that is not there',
      'stg',
      changed(stg, '3 2 1 1', '3 2 1 9'),
      'line 5: a parent of task 3 is 9; it takes a whole number, from 0 to 5',
    ],
    [
      'its own parent',
      'stg',
      changed(stg, '3 2 1 1', '3 2 1 3'),
      'line 5: task 3 is its own parent',
    ],
    [
      'a cycle',
      'stg',
      changed(stg, '1 4 1 0', '1 4 1 3'),
      'line 3: these wait for each other in a circle, Task 1 → Task 3 → Task 1',
    ],
    [
      'a negative time',
      'stg',
      changed(stg, '2 3 1 0', '2 -3 1 0'),
      'line 4: the duration of task 2 is -3',
    ],

    [
      'a cycle',
      'psplib',
      changed(psplib, '4        1          1           5', '4        1          1           2'),
      'line 23: these wait for each other in a circle, Activity 2 → Activity 4 → Activity 2',
    ],
    [
      'a demand above the capacity',
      'psplib',
      changed(psplib, '3      1     3       2', '3      1     3       4'),
      'line 24: activity 3 demands 4 of resource 1, which has only 3: it could never start',
    ],
    [
      'a negative time',
      'psplib',
      changed(psplib, '4      1     1 ', '4      1    -1 '),
      'line 25: the duration of job 4 is -1',
    ],
    [
      'several modes',
      'psplib',
      changed(psplib, '   2        1          1', '   2        3          1'),
      'line 14: job 2 has 3 modes',
    ],
    [
      'resources that are used up',
      'psplib',
      changed(psplib, 'nonrenewable              :  0', 'nonrenewable              :  2'),
      'line 8: there are 2 nonrenewable resources',
    ],
    [
      'a section cut short',
      'psplib',
      cut(psplib, '  4      1     1'),
      'line 24: REQUESTS/DURATIONS ends after 3 rows where 5 are expected',
    ],
    [
      'a section missing',
      'psplib',
      cut(psplib, 'RESOURCEAVAILABILITIES'),
      'line 27: the text ends before the section RESOURCEAVAILABILITIES',
    ],
    [
      'a resource without demand',
      'psplib',
      changed(psplib, '3      1     3       2    0    0', '3      1     3       2    0'),
      'line 24: job 3 has 2 demands where there are 3 resources',
    ],

    [
      'numbers missing',
      'psplib',
      patterson.trimEnd().slice(0, -2),
      'line 8: the text ends where the number of successors of activity 5 is expected',
    ],
    ['numbers too many', 'psplib', `${patterson}7\n`, 'line 9: more numbers than the 5 activities'],
    [
      'a successor that is not there',
      'psplib',
      changed(patterson, '2 2 0 0 1 4', '2 2 0 0 1 8'),
      'line 5: a successor of activity 2 is 8; it takes a whole number, from 1 to 5',
    ],
    [
      'itself as successor',
      'psplib',
      changed(patterson, '2 2 0 0 1 4', '2 2 0 0 1 2'),
      'line 5: activity 2 follows itself',
    ],

    [
      'cut-off JSON',
      'wfformat',
      wfFormat.slice(0, 300),
      'this is no wfformat file: no JSON, line ',
    ],
    ['other JSON', 'wfformat', '{"a": 1}', 'there is no "workflow" in it'],
    ['a list', 'wfformat', '[1]', 'the text is a list; it takes an object'],
    [
      'an older version',
      'wfformat',
      '{"schemaVersion": "1.3", "workflow": {"tasks": []}}',
      'workflow.specification is missing; versions from 1.4 on have it (this is 1.3)',
    ],
    [
      'a negative time',
      'wfformat',
      changed(wfFormat, '"runtimeInSeconds": 3', '"runtimeInSeconds": -3'),
      'workflow.execution.tasks[2].runtimeInSeconds is -3; it takes a number, 0 or more',
    ],
    [
      'a parent that is not there',
      'wfformat',
      changed(wfFormat, '"work_ID003",\n            "work_ID002"', '"work_ID009"'),
      'workflow.specification.tasks[3].parents[0] is "work_ID009", and there is no task with this id',
    ],
    [
      'an id twice',
      'wfformat',
      wfFormat.replaceAll('work_ID003', 'work_ID002'),
      'workflow.specification.tasks[2].id is "work_ID002" again: ids are unique',
    ],
    [
      'a cycle',
      'wfformat',
      changed(wfFormat, '"parents": []', '"parents": ["join_ID004"]'),
      'these wait for each other in a circle, Split_ID001 → work_ID002 → join_ID004 → Split_ID001',
    ],
  ])('%s (%s)', (_, format, text, sentence) => {
    expect(refusal(format, text)).toContain(sentence);
    expect(refusal(format, text)).not.toContain('\n');
  });
});

describe('a file of another format is named', () => {
  const all: [ImportFormat, string][] = [
    ['flow-shop', flowShop],
    ['job-shop', jobShop],
    ['stg', stg],
    ['psplib', psplib],
    ['wfformat', wfFormat],
  ];
  const pairs = all.flatMap(([is, text]) =>
    importFormats.filter((format) => format !== is).map((format) => ({ format, is, text })),
  );
  test.each(pairs)('$is given as $format', ({ format, is, text }) => {
    expect(refusal(format, text)).toContain(`this looks like ${is}: use --from ${is}`);
  });
  test.each([
    ['{"format": "millrace/1", "stages": []}', 'this is a Millrace document already'],
    ['{"traceEvents": []}', 'this looks like a Chrome trace'],
    ['{"task_graph": {"tasks": []}}', 'this looks like a DAGBench graph'],
    ['{"a": 1}', 'this looks like JSON'],
    ['name: ci\non: push\njobs:\n  a: {}\n', 'this looks like github-actions'],
    ['on: push\njobs:\n  a: b\n', 'this looks like a GitHub Actions workflow'],
  ])('%j given as stg', (text, guess) => {
    expect(refusal('stg', text)).toContain(guess);
  });
});
