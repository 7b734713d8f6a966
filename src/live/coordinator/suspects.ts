import type { SentTask, WorkerProgress } from './open-tasks.ts';

/**
 * Of the tasks that went down with a worker, those that may have been the cause. The others had not been
 * begun, or had ended well without their ends being told yet. Where the code of one of them has the thread, it alone.
 * @param lost all that were open there.
 * @param slots tasks that worker held open at once, at the most.
 */
export function suspectsOf(
  lost: readonly SentTask[],
  progress: WorkerProgress,
  slots: number,
): readonly SentTask[] {
  const [begun = 0, ended = 0, , turn = 0] = progress ?? [];
  // A worker that never began anything is no better next time: then nobody can be cleared.
  if (begun === 0) return lost;
  const within = turn === 0 && slots === 1 && begun > ended ? begun : turn;
  if (within > 0) return lost.filter(({ place }) => place === within - 1);
  return lost.filter(({ place }) => place < begun);
}
