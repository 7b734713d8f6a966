import { meanOf } from '../base/draw-mean.ts';
import { formatMs } from '../base/units.ts';
import type { Pipeline } from '../pipeline/types.ts';
import { Outcome, type Trace } from '../trace/types.ts';

/** Below these a difference between measured and declared work says nothing about the machine. */
const muchMoreRatio = 1.5;
const muchMoreMs = 20;

/**
 * Names an amount of CPU time for a person. What a live run shows is the time that tasks held a thread,
 * which is more than their work where other programs had the core meanwhile.
 */
export const cpuWords = ({ meta }: Trace, cpuMs: number): string =>
  `${formatMs(cpuMs)} of ${meta.machine === 'live' ? 'measured busy time' : 'CPU work'}`;

/**
 * One sentence where synthetic stages held their threads for much longer than the CPU time they declare,
 * with a space before it; else "". `cpuMs` is what each row took.
 */
export function busyMachineRemark(trace: Trace, pipeline: Pipeline, cpuMs: Float64Array): string {
  const { tasks, meta } = trace;
  if (meta.machine !== 'live') return '';
  let declaredMs = 0;
  let measuredMs = 0;
  for (let row = 0; row < tasks.count; row++) {
    const work = pipeline.stages[tasks.stage[row]!]?.work;
    if (work?.kind !== 'synthetic' || !ranToItsEnd(trace, row)) continue;
    measuredMs += Math.max(0, cpuMs[row]! - tasks.setup[row]!);
    for (const phase of work.phases) {
      const times = phase.per === 'item' ? tasks.memberCount[row]! : 1;
      if ('cpu' in phase) declaredMs += meanOf(phase.cpu) * times;
    }
  }
  const isMuchMore =
    measuredMs > declaredMs * muchMoreRatio && measuredMs - declaredMs > muchMoreMs;
  return isMuchMore
    ? ` Its synthetic stages declare ${formatMs(declaredMs)} of CPU work and took ${formatMs(measuredMs)}: the machine was busy with other things as well.`
    : '';
}

function ranToItsEnd({ tasks }: Trace, row: number): boolean {
  const outcome = tasks.outcome[row];
  const isWhole =
    outcome === Outcome.ok || outcome === Outcome.failed || outcome === Outcome.retried;
  return tasks.worker[row]! >= 0 && isWhole;
}
