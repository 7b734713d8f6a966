import { formatCount } from '../base/units.ts';
import type { RunReport } from '../engine/runner.ts';

/** A run that says nothing about speed, in one sentence; null: it is good. */
export function whyUseless(name: string, report: RunReport): string | null {
  if (report.error) return `"${name}" did not run: ${report.error.message}`;
  const { meta } = report.trace;
  const { items } = meta;
  if (meta.ended !== 'done')
    return `"${name}" did not run to its end${meta.note ? `: ${meta.note}` : '.'}`;
  if (!(meta.makespan > 0))
    return `"${name}" took no time that could be measured: give it more work.`;
  // Whoever delivers nothing did the same work as everybody else who does not: none.
  if (items.delivered === 0 && items.failed > 0)
    return `"${name}" delivered nothing: ${items.failed === items.emitted ? 'all' : formatCount(items.failed)} of its ${formatCount(items.emitted)} items failed.`;
  return null;
}

/** Live runs have a digest of their outputs; simulated ones have only the counts of their items. */
function workDigest(report: RunReport): string {
  return report.resultsDigest ?? JSON.stringify(report.trace.meta.items);
}

/** What each contender did so far; null: its results changed from one run to the next. */
export class WorkDone {
  private readonly digests: (string | null | undefined)[] = [];

  note(contender: number, report: RunReport): void {
    const digest = workDigest(report);
    const before = this.digests[contender];
    this.digests[contender] = before === undefined || before === digest ? digest : null;
  }

  /** Why a contender did other work than the first one, in one sentence; null: it did the same. */
  whyNotSame(contender: number, name: string, reference: string): string | null {
    const [first, other] = [this.digests[0], this.digests[contender]];
    if (first === null || other === null)
      return `"${name}" and ${reference} cannot be compared: results changed from one run to the next.`;
    if (first === other) return null;
    return `"${name}" did different work than ${reference}: their results differ, so there is no speedup to show.`;
  }
}
