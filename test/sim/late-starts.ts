import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { Mark, type Trace } from '../../src/trace/types.ts';

/**
 * Tasks that waited although nothing held them back, where each waits for a worker of its own: between
 * ready and dispatch there must be, at every moment, no permit, too little of a shared limit, no free
 * slot at that worker, no such worker, or a pause. Read from the document and the trace alone.
 */
export function lateStarts(document: PipelineDocument, trace: Trace): string[] {
  const { tasks, marks, meta } = trace;
  const rows = Array.from({ length: tasks.count }, (_, row) => row).filter(
    (row) => tasks.worker[row]! >= 0,
  );
  const moments = new Set<number>();
  for (const row of rows) {
    for (const column of [tasks.ready, tasks.dispatch, tasks.end, tasks.leave]) {
      moments.add(column[row]!);
    }
  }
  for (let mark = 0; mark < marks.count; mark++) moments.add(marks.time[mark]!);
  const times = [...moments].sort((a, b) => a - b);

  const busy = (worker: number, atMs: number): boolean =>
    rows.filter(
      (row) =>
        tasks.worker[row] === worker && tasks.dispatch[row]! < atMs && tasks.end[row]! > atMs,
    ).length >= meta.tasksPerWorker;
  const noPermit = (stage: number, atMs: number): boolean => {
    const { permits = null, join } = document.stages[stage]!;
    const most = join === 'fold' ? 1 : (permits ?? meta.workers * meta.tasksPerWorker);
    const held = rows.filter(
      (row) =>
        tasks.stage[row] === stage && tasks.dispatch[row]! < atMs && tasks.leave[row]! > atMs,
    );
    return held.length >= most;
  };
  const noLimit = (stage: number, atMs: number): boolean =>
    Object.entries(document.stages[stage]!.uses ?? {}).some(([name, weight]) => {
      const taken = rows
        .filter((row) => tasks.dispatch[row]! < atMs && tasks.end[row]! > atMs)
        .reduce((sum, row) => sum + (document.stages[tasks.stage[row]!]!.uses?.[name] ?? 0), 0);
      return taken + weight > document.limits![name]!;
    });
  /** The last of two opposite marks before a moment. */
  const isOn = (on: number, off: number, item: number, atMs: number): boolean => {
    let state = false;
    for (let mark = 0; mark < marks.count && marks.time[mark]! < atMs; mark++) {
      if (marks.item[mark] !== item) continue;
      if (marks.kind[mark] === on) state = true;
      if (marks.kind[mark] === off) state = false;
    }
    return state;
  };

  return rows.flatMap((row) => {
    const [worker, stage] = [tasks.worker[row]!, tasks.stage[row]!];
    for (let i = 1; i < times.length; i++) {
      const [from, to] = [times[i - 1]!, times[i]!];
      if (from < tasks.ready[row]! || to > tasks.dispatch[row]!) continue;
      const atMs = (from + to) / 2;
      // Two neighbouring numbers have no moment between them.
      if (atMs <= from || atMs >= to) continue;
      const isHeldBack =
        busy(worker, atMs) ||
        noPermit(stage, atMs) ||
        noLimit(stage, atMs) ||
        !isOn(Mark.workerUp, Mark.workerDown, worker, atMs) ||
        isOn(Mark.paused, Mark.resumed, -1, atMs);
      if (!isHeldBack) return [`task row ${row} could have started on ${worker} at ${from}`];
    }
    return [];
  });
}
