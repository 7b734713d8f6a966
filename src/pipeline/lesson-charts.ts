/** What a step of a lesson can show its reason in: parts of the page, and panels. */
export const lessonCharts = [
  'graph',
  'schedule',
  'queues',
  'results',
  'why',
  'whatif',
  'prediction',
  'cache',
  'log',
] as const;
export type LessonChart = (typeof lessonCharts)[number];
