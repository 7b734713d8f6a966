import type { SentTask, WorkerProgress } from './open-tasks.ts';

/**
 * Of the tasks that went down with a worker, those that may have been the cause. The others had not been
 * begun, or had ended well without their ends being told yet.
 * @param lost all that were open there.
 * @param slots tasks that worker held open at once, at the most.
 */
export function suspectsOf(
  lost: readonly SentTask[],
  progress: WorkerProgress,
  slots: number,
): readonly SentTask[] {
  const [begun = 0, ended = 0, , isWithin = 0] = progress ?? [];
  // A worker that never began anything is no better next time: then nobody can be cleared.
  if (begun === 0) return lost;
  if (isWithin === 1 || (slots === 1 && begun > ended))
    return lost.filter(({ place }) => place === begun - 1);
  return lost.filter(({ place }) => place < begun);
}
