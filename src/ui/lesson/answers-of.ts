import type { LessonAnswers, LinkContent } from '../../share/link/link-content.ts';
import type { LessonDesk } from './lesson-desk.svelte.ts';
import { documentAt } from './lesson-document.ts';
import { valueAt, type LessonProgress } from './progress.ts';
import { studentName } from './student-name.ts';

/** What a link with somebody's answers carries: the lesson as it was begun, and what was answered. */
export function answersContent(
  { app, lesson }: LessonDesk,
  progress: LessonProgress,
  name: string,
  nowMs: number,
): LinkContent | null {
  const base = documentAt(progress.base, null, app.doc.document);
  if (!base.ok) return null;
  const answers: LessonAnswers = {
    name: studentName(name),
    answeredAt: new Date(nowMs).toISOString(),
    environment: app.runs.last?.report.environment ?? null,
    steps: progress.steps.map(({ guess }, at) => ({
      guess: guess ?? null,
      value: valueAt(progress, lesson, at),
    })),
  };
  return { document: base.value, answers };
}
