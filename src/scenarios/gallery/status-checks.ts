import type { PipelineDocument } from '../../pipeline/types.ts';
import array from '../stages/status/array.ts?raw';
import hoisted from '../stages/status/hoisted.ts?raw';
import make from '../stages/status/make.ts?raw';
import perCall from '../stages/status/per-call.ts?raw';
import perCheck from '../stages/status/per-check.ts?raw';
import same from '../stages/status/same.ts?raw';

/** 300,000 checks a task, so that the clock sees them; in the first tasks code is still being compiled. */
const sizes = [10, 50, 200].map((n) => ({ n, times: 300_000 / n }));

const notes = `
An orchestrator counts which steps of a workflow are still pending or running: one check a step, 10, 50 or 200 of them a call. Four ways of checking, on the same workflows:

- **A list** of the two states, searched at every check.
- **A set a check**, **a set a call**, or **one set** for all calls.

*Same* compares the counts, and fails an item where they differ.

**Look at** the tasks of each stage: every one makes 300,000 checks. Searching a list of two is hardly slower than looking into a set of two: O(n) speaks of large n, and here n is 2. A set for every check is several times slower, since making it costs much more than the check; one a call is shared by all checks of the call: with 200 of them it hardly shows.

**Turn** the sizes (Source, *Values*) down to one step a call: then a set a call is a set a check.
`.trim();

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'Is this step still active?',
  notes,
  source: { kind: 'values', values: [...sizes, ...sizes, ...sizes] },
  stages: [
    { id: 'make', name: 'Make steps', work: { kind: 'code', source: make } },
    { id: 'array', name: 'A list', after: ['make'], work: { kind: 'code', source: array } },
    {
      id: 'per-check',
      name: 'A set a check',
      after: ['make'],
      work: { kind: 'code', source: perCheck },
    },
    {
      id: 'per-call',
      name: 'A set a call',
      after: ['make'],
      work: { kind: 'code', source: perCall },
    },
    { id: 'hoisted', name: 'One set', after: ['make'], work: { kind: 'code', source: hoisted } },
    {
      id: 'same',
      name: 'Same',
      after: ['array', 'per-check', 'per-call', 'hoisted'],
      work: { kind: 'code', source: same },
    },
  ],
  machine: { workers: 1 },
  variants: [{ name: 'one step a call', set: { '/source/values': [{ n: 1, times: 300_000 }] } }],
};
