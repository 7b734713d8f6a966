import { emptyReport } from '../engine/empty-report.ts';
import { compilePlan } from '../engine/plan.ts';
import { sendAheadMs } from '../engine/sending-ahead.ts';
import { idealOverheads, type Overheads, type RunError, type RunReport } from '../engine/runner.ts';
import type { Pipeline } from '../pipeline/types.ts';
import { unmodelled } from '../pipeline/needs-model.ts';
import { takeRows, TraceBuilder } from '../trace/builder.ts';
import { emptyMeta } from '../trace/empty-trace.ts';
import { traceDigest } from '../trace/digest.ts';
import type { Faults } from './faults.ts';
import { costsMessages } from './simulated-coordinator.ts';
import { SimulatedMachine } from './simulated-machine.ts';
import { sourceCount } from './source-count.ts';

export interface SimulateOptions {
  /** Used where the document says `machine.cores: null`. */
  cores: number;
  overheads?: Overheads;
  cache?: 'on' | 'off';
  /** Items the source brings, where the document cannot know (files, a corpus, code). */
  sourceItems?: number;
  /** What goes wrong; made anew for every run. */
  faults?: Faults | null;
}

/** Runs a valid pipeline in virtual time. What cannot be predicted is in the report's `error`. */
export function simulate(pipeline: Pipeline, options: SimulateOptions): RunReport {
  const report = emptyReport(new TraceBuilder(emptyMeta('simulated')));
  const missing = unmodelled(pipeline);
  const items = sourceCount(pipeline, options.sourceItems);
  if (missing.length > 0) {
    const { stage, message } = missing[0]!;
    return refuse(report, { message, stage });
  }
  if (items === null) {
    const message = `How many items the source "${pipeline.source.kind}" brings is only known once it has run: measure it once.`;
    return refuse(report, { message });
  }
  const trace = new TraceBuilder(emptyMeta('simulated'), expectedRows(pipeline, items));
  const { overheads = idealOverheads, faults = null } = options;
  const plan = compilePlan(pipeline, {
    cores: options.cores,
    cache: options.cache ?? 'on',
    // Where messages cost nothing no machine would send a task ahead of its turn.
    sendAheadMs: costsMessages(overheads) ? sendAheadMs : 0,
  });
  const machine = new SimulatedMachine(plan, trace, items, overheads, faults);
  machine.run();
  if (items < kept.items) Object.assign(kept, { machine, items });
  return { ...report, trace: takeRows(trace), notices: machine.scheduler.notices() };
}

/**
 * The machine of the smallest run so far, without its trace. Engines forget what they have learnt about the shapes
 * of objects, and throw compiled code away with it, once the last object of a shape is gone: without
 * this one the next run would begin cold after every larger collection.
 */
const kept: { machine: SimulatedMachine | null; items: number } = {
  machine: null,
  items: Infinity,
};

/** Room for this many rows is made before a run; more come as they are needed. */
const expectedRowsMax = 1_000_000;

function expectedRows(pipeline: Pipeline, items: number): { tasks: number; items: number } {
  const tasks = pipeline.stages.reduce((sum, { batch }) => sum + Math.ceil(items / batch.size), 0);
  return { tasks: Math.min(tasks, expectedRowsMax), items: Math.min(items, expectedRowsMax) };
}

function refuse(report: RunReport, error: RunError): RunReport {
  report.trace.meta.ended = 'failed';
  report.trace.meta.note = error.message;
  return { ...report, error };
}

/** The digest of the ideal run: no overheads, on the document's own cores. */
export function idealDigest(pipeline: Pipeline, options: SimulateOptions): string | null {
  const report = simulate(pipeline, { ...options, overheads: idealOverheads });
  return report.error ? null : traceDigest(report.trace);
}
