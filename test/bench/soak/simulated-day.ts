import { parseDocument } from '../../../src/pipeline/parse.ts';
import type { PipelineDocument } from '../../../src/pipeline/types.ts';
import { harmless, type FaultPlan } from '../../../src/simulate/fault-plan.ts';
import { Faults } from '../../../src/simulate/faults.ts';
import { simulate } from '../../../src/simulate/simulate.ts';
import { brokenLaws } from '../../sim/checkers.ts';

export interface SimulatedDay {
  hours: number;
  items: number;
  tasks: number;
  retried: number;
  timedOut: number;
  /** Laws that were broken, in words. */
  wrong: string[];
}

const itemsPerHour = 7200;
const hourMs = 3_600_000;

/** Three stages that keep up, fail, hang and are retried; every key comes back, but seldom before its time is over. */
const documentOf = (hours: number): PipelineDocument => ({
  format: 'millrace/1',
  seed: 24,
  source: {
    kind: 'count',
    count: hours * itemsPerHour,
    arrivals: { kind: 'poisson', rate: itemsPerHour / 3600 },
  },
  stages: [
    {
      id: 'fetch',
      work: { kind: 'synthetic', phases: [{ wait: { exponential: 200 } }], failure: 0.01 },
      retry: { attempts: 3, backoff: 100, factor: 2, jitter: 0.5 },
      timeout: 2000,
      permits: 8,
    },
    {
      id: 'work',
      after: ['fetch'],
      work: {
        kind: 'synthetic',
        phases: [{ cpu: { pareto: { mean: 100, alpha: 2.5 } } }],
        key: { zipf: { keys: 5000, exponent: 1 } },
      },
      cache: { ttl: 600_000, version: '1' },
      buffer: { capacity: 16, whenFull: 'throttle' },
      retry: { attempts: 3 },
    },
    {
      id: 'store',
      after: ['work'],
      work: { kind: 'synthetic', phases: [{ wait: 20 }] },
      retry: { attempts: 3 },
    },
  ],
  machine: { workers: 4, cores: 2, tasksPerWorker: 4 },
  cache: { maxSize: 1_000_000 },
});

const plan: FaultPlan = {
  ...harmless,
  ...{ seed: 24, tasks: { hang: 0.0005, killAfterMs: 5000, error: 0.002, itemError: 0.001 } },
  workers: { death: 0.0005, withinMs: 50, stillborn: 0.01, slow: 0.1, slowFactor: 1.5 },
};

/** So many hours of arrivals in virtual time, with workers that die and tasks that hang. */
export function simulateDay(hours: number): SimulatedDay {
  const document = documentOf(hours);
  const { pipeline, problems } = parseDocument(document);
  if (!pipeline) throw new Error(problems[0]!.message);
  const { trace, error } = simulate(pipeline, { cores: 2, faults: new Faults(plan) });
  const { meta, tasks } = trace;
  const wrong = error ? [error.message] : brokenLaws(document, trace);
  if (meta.ended !== 'done') wrong.push(`It ended as ${meta.ended}: ${meta.note}`);
  const sum = (field: 'retried' | 'timedOut'): number =>
    meta.stages.reduce((total, stage) => total + stage[field], 0);
  return {
    ...{ hours: meta.makespan / hourMs, items: meta.items.emitted, tasks: tasks.count },
    ...{ retried: sum('retried'), timedOut: sum('timedOut'), wrong },
  };
}
