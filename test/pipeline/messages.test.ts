import { describe, expect, test } from 'vitest';
import { ceilings } from '../../src/pipeline/ceilings.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';

type Loose = Record<string, unknown>;

const stage = (id = 'resize', more: Loose = {}): Loose => ({
  id,
  work: { kind: 'synthetic', phases: [{ cpu: 1 }] },
  ...more,
});
/** A document whose first stage has these fields. */
const doc = (more: Loose = {}, first: Loose = {}, ...rest: Loose[]): Loose => ({
  format: 'millrace/1',
  ...more,
  stages: [stage('resize', first), ...rest],
});
const phase = (one: Loose): Loose => ({ work: { kind: 'synthetic', phases: [one] } });
const variant = (set: Loose): Loose => doc({ variants: [{ name: 'b', set }] });

/** Bad documents, and every sentence about them. */
const golden: [unknown, ...string[]][] = [
  ['', 'the document is empty: it begins with {"format": "millrace/1", "stages": […]}'],
  ['{"format": "millrace/1",}', 'this is no JSON, line 1, column 25: remove the comma before "}"'],
  ['{format: 1}', 'this is no JSON, line 1, column 2: put format in double quotes'],
  [
    '{"format": "millrace/1"\n "stages": []}',
    'this is no JSON, line 2, column 2: a comma is missing before "\\""',
  ],
  [
    '{"stages": [1, 2',
    'this is no JSON, line 1, column 17: the document ends too early: a "]" is missing',
  ],
  ['// hello\n{}', 'this is no JSON, line 1, column 1: JSON has no comments'],
  [
    '{"name": "two\nlines"}',
    'this is no JSON, line 1, column 10: this text has no end, or a line break or a wrong escape inside',
  ],
  ['{} {}', 'this is no JSON, line 1, column 4: there is text after the end of the document'],
  ['{"a": True}', 'this is no JSON, line 1, column 7: put True in double quotes, if it is text'],
  ['{"a": }', 'this is no JSON, line 1, column 7: a value is missing before "}"'],
  [
    null,
    'the document is null: use an object with format, name, notes, seed, source, stages, modules, limits, machine, cache, targets, variants, sweep, lesson',
  ],
  [
    [],
    'the document is an empty list: use an object with format, name, notes, seed, source, stages, modules, limits, machine, cache, targets, variants, sweep, lesson',
  ],
  [
    {},
    'format is missing: write "format": "millrace/1"',
    'stages is missing: a list of at least one stage',
  ],
  [
    { format: 'millrace/2', stages: [stage()] },
    'format is "millrace/2": this version reads "millrace/1"',
  ],
  [{ format: 'millrace/1', stages: [] }, 'stages is an empty list: give at least one'],
  [doc({ fromat: 1 }), 'fromat is not a field here: did you mean "format"?'],
  [doc({ name: 3 }), 'name is 3: use text'],
  [doc({ seed: -1 }), 'seed is -1: use a whole number of 0 or more'],
  [
    doc({ machine: [] }),
    'machine is an empty list: use an object with cores, workers, tasksPerWorker, warm, routing, order, inFlight, memory',
  ],
  [doc({}, { premits: 1 }), 'stages.resize.premits is not a field here: did you mean "permits"?'],
  [
    doc({}, { permits: 0 }),
    'stages.resize.permits is 0: a semaphore with no permits never lets a task start; use 1 or more, or null for no limit',
  ],
  [
    doc({}, { permits: 'two' }),
    'stages.resize.permits is "two": use a whole number of 1 or more, or null for no limit',
  ],
  [
    doc({}, { permits: 1.5 }),
    'stages.resize.permits is 1.5: use a whole number of 1 or more, or null for no limit',
  ],
  [doc({}, { permits: 1e9 }), 'stages.resize.permits is 1000000000: the ceiling is 1 million'],
  [
    doc({}, { id: 'Resize 2' }),
    'stages[0].id is "Resize 2": use lower-case letters, digits and hyphens, a letter first, such as "resize-2"',
  ],
  [
    doc({}, { id: 'constructor' }),
    'stages[0].id is "constructor": this name is reserved, use another',
  ],
  [
    doc({}, {}, stage()),
    'stages[1].id is "resize", as is that of stages[0]: ids are unique, use "resize-2"',
  ],
  [
    doc({}, { after: ['decoed'] }, stage('decode')),
    'stages.resize.after[0] is unknown: there is no stage "decoed": did you mean "decode"?',
  ],
  [
    doc({}, { after: ['resize'] }),
    'stages.resize.after[0] is "resize" itself: a stage can\'t be its own parent',
  ],
  [
    doc({}, { after: ['decode', 'decode'] }, stage('decode')),
    'stages.resize.after[1] names "decode" again: once is enough',
  ],
  [
    doc({}, { after: ['encode'] }, stage('encode', { after: ['resize'] })),
    'stages.resize.after closes a cycle: resize → encode → resize; remove one of these connections',
  ],
  [doc({}, { work: {} }), 'stages.resize.work.kind is missing: use one of "code", "synthetic"'],
  [
    doc({}, { work: { kind: 'cod' } }),
    'stages.resize.work.kind is "cod": did you mean "code"? It can be "code", "synthetic"',
  ],
  [
    doc({}, { work: { kind: 'code', source: ' ' } }),
    'stages.resize.work.source is " ": the stage has no code; write "export default (item, ctx) => item"',
  ],
  [
    doc({}, { work: { kind: 'synthetic' } }),
    'stages.resize.work.phases is missing: a list such as [{"cpu": 10}]',
  ],
  [doc({}, phase({ cpu: -1 })), 'stages.resize.work.phases[0].cpu is -1: use 0 ms or more'],
  [
    doc({}, phase({ wiat: 3 })),
    'stages.resize.work.phases[0].wiat is not a field here: did you mean "wait"?',
  ],
  [
    doc({}, phase({ cpu: 1, wait: 2 })),
    'stages.resize.work.phases[0] is an object: a phase is either {"cpu": ms} or {"wait": ms}',
  ],
  [
    doc({}, phase({ cpu: { unifrom: [1, 2] } })),
    'stages.resize.work.phases[0].cpu.unifrom is not a field here: did you mean "uniform"?',
  ],
  [
    doc({}, phase({ cpu: {} })),
    'stages.resize.work.phases[0].cpu is an object: use a number (ms), or one distribution: uniform, exponential, lognormal, pareto, empirical, perItem',
  ],
  [
    doc({}, phase({ cpu: { lognormal: { mean: 1 } } })),
    'stages.resize.work.phases[0].cpu.lognormal.cv is missing: the deviation ÷ the mean, such as 0.5',
  ],
  [
    doc({}, phase({ wait: { pareto: { mean: 1, alpha: 1 } } })),
    'stages.resize.work.phases[0].wait.pareto.alpha is 1: a Pareto distribution has a mean only above alpha 1; use 1.5, say',
  ],
  [
    doc({}, phase({ wait: '10ms' })),
    'stages.resize.work.phases[0].wait is "10ms": use a number (ms), or one distribution: uniform, exponential, lognormal, pareto, empirical, perItem',
  ],
  [
    doc({}, phase({ wait: { uniform: [3, 1] } })),
    'stages.resize.work.phases[0].wait.uniform is [3, 1]: write the smaller first, [1, 3]',
  ],
  [
    doc({}, phase({ wait: { uniform: [3] } })),
    'stages.resize.work.phases[0].wait.uniform is a list: use two numbers, [from, to]',
  ],
  [
    doc({}, phase({ wait: { empirical: [] } })),
    'stages.resize.work.phases[0].wait.empirical is an empty list: give at least one',
  ],
  [
    doc({}, phase({ cpu: 1, per: 'itm' })),
    'stages.resize.work.phases[0].per is "itm": did you mean "item"? It can be "task", "item"',
  ],
  [
    doc({}, { batch: { size: 0 } }),
    'stages.resize.batch.size is 0: a batch holds at least one item; use 1 for no batching',
  ],
  [
    doc({}, { batch: { size: 8, linger: null }, buffer: { capacity: 4 } }),
    'stages.resize.batch.size is 8, but the buffer has room for 4: the batch would never fill; use a size of 4 or less, a larger buffer, or a linger time',
  ],
  [
    doc({}, { batch: { size: 8, linger: 5 }, buffer: { capacity: 4 } }),
    '(warning) stages.resize.batch.size is 8, but the buffer has room for 4: no batch gets larger than that',
  ],
  [
    doc({}, { batch: { linger: 5 } }),
    'stages.resize.batch.linger is 5, but a batch of 1 is full at once and waits for nothing; use 0, or a batch size of 2 or more',
  ],
  [
    doc({}, { batch: { linger: null } }),
    '(warning) stages.resize.batch.linger has no effect: with a batch size of 1 nothing is waited for',
  ],
  [
    doc({}, { batch: { linger: -5 } }),
    'stages.resize.batch.linger is -5: use a number of 0 or more, or null to wait until the batch is full',
  ],
  [
    doc({}, { buffer: { whenFull: 'drop' } }),
    'stages.resize.buffer.whenFull is "drop": use one of "throttle", "drop-newest", "drop-oldest", "grow"',
  ],
  [
    doc({}, { join: 'fold', cache: {} }),
    'stages.resize.cache is set: a fold depends on all items before, so no step can be looked up; use null',
  ],
  [
    doc({}, { join: 'fold', batch: { size: 2 } }),
    'stages.resize.batch.size is 2: a stage with join "fold" takes one item at a time; use 1',
  ],
  [
    doc({}, { join: 'all', batch: { size: 2 } }),
    'stages.resize.batch.size is 2: a stage with join "all" takes everything in one task already; use 1',
  ],
  [
    doc({}, { timeout: 0 }),
    'stages.resize.timeout is 0: every task would be given up at once; use a time above 0 ms, or null for no limit',
  ],
  [
    doc({}, { retry: { attempts: 0 } }),
    'stages.resize.retry.attempts is 0: the first attempt counts; use 1 for no retry',
  ],
  [
    doc({}, { retry: { backoff: 10 } }),
    '(warning) stages.resize.retry.backoff has no effect: retry.attempts is 1, so nothing is tried again',
  ],
  [
    doc({}, { uses: { apu: 1 } }),
    'stages.resize.uses.apu is unknown: there is no limit "apu": give it a capacity under limits',
  ],
  [
    doc({ limits: { api: 1 } }, { uses: { api: 2 } }),
    'stages.resize.uses.api is 2, but limits.api has a capacity of 1: no task could ever start; use 1 or less',
  ],
  [
    doc({ limits: { api: 1 } }, { uses: { apu: 1 } }),
    'stages.resize.uses.apu is unknown: there is no limit "apu": did you mean "api"?',
    '(warning) limits.api is used by no stage',
  ],
  [
    doc({ limits: { api: 0 } }, { uses: { api: 1 } }),
    'limits.api is 0: a limit without capacity never lets a task start; use 1 or more',
  ],
  [doc({ limits: { api: 1 } }), '(warning) limits.api is used by no stage'],
  [
    doc({}, { cache: {} }),
    '(warning) stages.resize.cache never hits when simulated: work.key says nothing of what is looked up',
  ],
  [
    doc({ source: { kind: 'cuont', count: 1 } }),
    'source.kind is "cuont": did you mean "count"? It can be "count", "values", "code", "corpus", "files", "service"',
  ],
  [doc({ source: { kind: 'count' } }), 'source.count is missing: how many items'],
  [
    doc({ source: { kind: 'count', count: 0 } }),
    '(warning) source.count is 0: the run has nothing to do',
  ],
  [
    doc({ source: { kind: 'count', count: 1e8 } }),
    'source.count is 100000000: the ceiling is 10 million',
  ],
  [
    doc({ source: { kind: 'values', values: [] } }),
    '(warning) source.values is an empty list: the run has nothing to do',
  ],
  [
    doc({ source: { kind: 'count', count: 1, arrivals: { kind: 'poisson', rate: 0 } } }),
    'source.arrivals.rate is 0: nothing would ever arrive; use a rate above 0 items per second',
  ],
  [
    doc({ machine: { workers: 0 } }),
    'machine.workers is 0: use a whole number of 1 or more, or "cores"',
  ],
  [doc({ machine: { workers: 'many' } }), 'machine.workers is "many": use "cores" or a number'],
  [
    doc({ machine: { workers: 2, warm: 3 } }),
    'machine.warm is 3, but there are only 2 workers; use 2 or less, or "all"',
  ],
  [
    doc({ machine: { memory: { highWater: 0.5 } } }),
    'machine.memory.budget is missing: bytes, such as 268435456',
  ],
  [
    doc({ targets: { stages: { resiz: { target: 1 } } } }),
    'targets.stages.resiz is unknown: there is no stage "resiz": did you mean "resize"?',
  ],
  [
    variant({ '/stages/resise/permits': 1 }),
    'variants[0].set["/stages/resise/permits"] points nowhere: there is no stage "resise": did you mean "resize"?',
  ],
  [
    variant({ '/stages/resize/permit': 1 }),
    'variants[0].set["/stages/resize/permit"] points nowhere: /stages/resize has no field "permit": did you mean "permits"?',
  ],
  [
    variant({ '/stages/resize/permits': 0 }),
    'variants[0].set["/stages/resize/permits"] does not fit: stages.resize.permits is 0: a semaphore with no permits never lets a task start; use 1 or more, or null for no limit',
  ],
  [
    variant({ '/stages/resize/id': 'other' }),
    'variants[0].set["/stages/resize/id"] points nowhere: the id of a stage is its name everywhere: it cannot vary',
  ],
  [
    variant({ 'machine/workers': 1 }),
    'variants[0].set["machine/workers"] points nowhere: "machine/workers" is no pointer: write one such as "/machine/workers"',
  ],
  [
    variant({ '/variants': [] }),
    'variants[0].set["/variants"] points nowhere: "/variants" is not a setting: point at the source, a stage, a limit or the machine',
  ],
  [
    variant({ '/machine/workers': 2, '/machine/warm': 5 }),
    'variants[0].set leads to a document that can\'t run: machine.warm is 5, but there are only 2 workers; use 2 or less, or "all"',
  ],
  [
    doc({ sweep: { '/stages/resize/batch/size': [1, 0] } }),
    'sweep["/stages/resize/batch/size"][1] does not fit: stages.resize.batch.size is 0: a batch holds at least one item; use 1 for no batching',
  ],
  [
    doc({ sweep: { '/stages/resize/permits': [] } }),
    'sweep["/stages/resize/permits"] is an empty list: give at least one',
  ],
  [
    doc({ lesson: [{ title: 'a', text: 'b', set: { '/machine/oder': 'lifo' } }] }),
    'lesson[0].set["/machine/oder"] points nowhere: /machine has no field "oder": did you mean "order"?',
  ],
];
describe('each bad document gets sentences that say where, what and what instead', () => {
  for (const [input, ...messages] of golden) {
    test(messages[0]!, () => {
      const { pipeline, problems } = parseDocument(input);
      const said = problems.map((problem) =>
        problem.severity === 'warning' ? `(warning) ${problem.message}` : problem.message,
      );
      expect(said).toEqual(messages);
      expect(pipeline === null).toBe(problems.some((problem) => problem.severity === 'error'));
    });
  }
});

test('problems carry the pointer, the stage and (for broken text) the place', () => {
  expect(parseDocument(doc({}, { permits: 0 })).problems[0]).toMatchObject({
    severity: 'error',
    pointer: '/stages/resize/permits',
    stage: 'resize',
  });
  expect(parseDocument('{\n  "format": \n}').problems[0]).toMatchObject({
    line: 3,
    column: 1,
    pointer: '',
  });
});

test('a document that can be drawn but not run is still given', () => {
  const cyclic = doc({}, { after: ['b'] }, stage('b', { after: ['resize'] }));
  expect(parseDocument(cyclic)).toMatchObject({ pipeline: null, document: cyclic });
  expect(parseDocument(doc({ name: 1 })).document).toBe(null);
});

describe('ceilings', () => {
  const message = (input: unknown): string => parseDocument(input).problems[0]!.message;
  test('text', () => {
    expect(message(' '.repeat(ceilings.documentBytes + 1))).toBe(
      'the document has 4 MiB: the ceiling is 4 MiB',
    );
  });
  test('stages and connections', () => {
    const many = Array.from({ length: ceilings.stages + 1 }, (_, i) => stage(`s${i}`));
    expect(message({ format: 'millrace/1', stages: many })).toBe(
      'stages is a list: the ceiling is 2,000 stages',
    );
    const ids = many.slice(0, 500).map((one) => one['id']);
    const dense = many
      .slice(0, 500)
      .map((one, i) => ({ ...one, after: ids.slice(Math.max(0, i - 60), i) }));
    expect(message({ format: 'millrace/1', stages: dense })).toMatch(
      /^stages have 28,170 connections: the ceiling is 20,000/,
    );
  });
  test('combinations of a sweep', () => {
    const values = Array.from({ length: 101 }, (_, i) => i + 1);
    const sweep = { '/stages/resize/permits': values, '/machine/workers': values };
    expect(message(doc({ sweep }))).toBe(
      'sweep has 10,201 combinations: the ceiling is 10,000; give fewer values',
    );
  });
  test('problems', () => {
    const bad = Array.from({ length: 300 }, (_, i) => stage(`s${i}`, { permits: 0 }));
    const { problems } = parseDocument({ format: 'millrace/1', stages: bad });
    expect(problems).toHaveLength(ceilings.problems + 1);
    expect(problems.at(-1)!.message).toBe('there are 200 more problems: mend these first');
  });
  test('deep nesting is a sentence, not a crash', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const text = JSON.stringify(doc({ source: { kind: 'values', values: [0] } }));
    expect(message(text.replace('0', deep))).toBe(
      'the document is nested 100,003 deep: the ceiling is 200',
    );
  });
});

test('names that every object has are no way in', () => {
  const text = '{"format": "millrace/1", "stages": [], "__proto__": {"x": 1}}';
  expect(parseDocument(text).problems.map((p) => p.pointer)).toContain('/__proto__');
  const limits = JSON.parse('{"__proto__": 3}') as Loose;
  expect(parseDocument(doc({ limits })).problems[0]!.message).toMatch(/"__proto__" is reserved/);
  expect(({} as Loose)['x']).toBe(undefined);
});
