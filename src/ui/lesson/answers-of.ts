import type { PipelineDocument } from '../../pipeline/types.ts';
import type { LessonAnswers } from '../../share/link/link-content.ts';
import { valueAt, type LessonProgress } from './progress.ts';
import { studentName } from './student-name.ts';

/** What a link with somebody's answers carries: the lesson as it was begun, and what was answered. */
export function answersContent(
  progress: LessonProgress,
  name: string,
  nowMs: number,
): { document: PipelineDocument; answers: LessonAnswers } {
  const { base, environment = null, steps } = progress;
  return {
    document: base,
    answers: {
      name: studentName(name),
      answeredAt: new Date(nowMs).toISOString(),
      environment,
      steps: steps.map(({ guess }, at) => ({
        guess: guess ?? null,
        value: valueAt(progress, base.lesson ?? [], at),
      })),
    },
  };
}
