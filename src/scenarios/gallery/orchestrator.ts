import type { PipelineDocument } from '../../pipeline/types.ts';
import copiedPath from '../stages/cycles/copied-path.ts?raw';
import onePath from '../stages/cycles/one-path.ts?raw';
import allPairs from '../stages/gaps/all-pairs.ts?raw';
import distances from '../stages/gaps/shared.ts?raw';
import withHeap from '../stages/gaps/with-heap.ts?raw';
import plan from '../stages/orchestrator/plan.ts?raw';
import report from '../stages/orchestrator/report.ts?raw';
import route from '../stages/orchestrator/route.ts?raw';
import run from '../stages/orchestrator/run.ts?raw';
import counts from '../stages/sorting/counts.ts?raw';
import passes from '../stages/sorting/passes.ts?raw';
import hoisted from '../stages/status/hoisted.ts?raw';
import perCall from '../stages/status/per-call.ts?raw';

/** So many steps that make up what is published: 3 s, 15 s and 120 s of work. */
const workloads = {
  small: { n: 10, stepMs: 300 },
  medium: { n: 50, stepMs: 300 },
  large: { n: 200, stepMs: 600 },
};

const notes = `
An orchestrator plans a workload (clusters its gaps, looks for circles, sorts its steps), routes each step (and writes down where it is), lets it run, and counts after each what is left to do. Workloads of 10 and 50 steps of 0.3 s and of 200 steps of 0.6 s are 3, 15 and 120 s of work, as published. What a step does in its time is not told, so here it is waited for, and all steps wait side by side: what counts is how much of the time is *not* the steps' own.

**Look at** the busy time of each stage in the table. *Run* has 50 × 0.3 s = 15 s. *Plan* and *Route*, all that could be made faster, have a tenth of a second or so together.

**Turn** the optimisations on. *Wave 1* writes every 10th update only and checks states by one set; *wave 2* takes better algorithms as well. Each part gets faster, several times even. The whole does not, since nearly all of it is something else (*Amdahl's law*).
`.trim();

const wave1 = {
  '/modules/storage': 'export const write = { every: 10 };\n',
  '/modules/status': hoisted,
};
const wave2 = { '/modules/cluster': withHeap, '/modules/sort': counts, '/modules/cycles': onePath };

export const document: PipelineDocument = {
  format: 'millrace/1',
  name: 'What an orchestrator spends its time on',
  notes,
  source: { kind: 'values', values: [workloads.medium] },
  stages: [
    { id: 'plan', name: 'Plan', work: { kind: 'code', source: plan } },
    {
      id: 'route',
      name: 'Route',
      after: ['plan'],
      work: { kind: 'code', source: route },
      permits: 1,
    },
    { id: 'run', name: 'Run', after: ['route'], work: { kind: 'code', source: run } },
    {
      id: 'report',
      name: 'Report',
      after: ['run'],
      join: 'fold',
      work: { kind: 'code', source: report },
    },
  ],
  modules: {
    storage: "export const write = 'through';\n",
    status: perCall,
    cluster: allPairs,
    distances,
    sort: passes,
    cycles: copiedPath,
  },
  machine: { workers: 2, tasksPerWorker: 256 },
  variants: [
    { name: 'wave 1', set: wave1 },
    { name: 'waves 1 and 2', set: { ...wave1, ...wave2 } },
    { name: 'small', set: { '/source/values': [workloads.small] } },
    { name: 'large', set: { '/source/values': [workloads.large] } },
    {
      name: 'large, waves 1 and 2',
      set: { '/source/values': [workloads.large], ...wave1, ...wave2 },
    },
  ],
};
