/** Published durations of streams, in minutes, and how they are played here. */

/** A minute of the original is 10 ms here: 1:6000. */
export const msPerMinute = 10;

/** Minutes of the original as ms here. */
export function scaled(minutes: number, msEach = msPerMinute): number {
  return Math.round(minutes * msEach * 10) / 10;
}

/** Limits of the five gates. */
export const gates = [
  { id: 'parallel', name: 'Quality', limit: 20 },
  { id: 'security', name: 'Security', limit: 25 },
  { id: 'compliance', name: 'Compliance', limit: 15 },
  { id: 'performance', name: 'Performance', limit: 30 },
  { id: 'reporting', name: 'Reporting', limit: 15 },
] as const;

/** The six analyses, and the class of machine each asks for. */
export const analyses = [
  { id: 'connascence', minutes: 25, runner: 'four-core' },
  { id: 'architecture', minutes: 20, runner: 'four-core' },
  { id: 'performance', minutes: 30, runner: 'eight-core' },
  { id: 'mece', minutes: 15, runner: 'standard' },
  { id: 'cache', minutes: 15, runner: 'standard' },
  { id: 'dogfooding', minutes: 10, runner: 'standard' },
] as const;

/** One pool of as many machines as there are of all classes. */
export const onePool = {
  '/limits': { any: 4 },
  ...Object.fromEntries(analyses.map(({ id }) => [`/stages/${id}/uses`, { any: 1 }])),
};

/** The eight streams of the plan. The most urgent are listed last, so that a priority has something to change. */
export const streams = [
  { id: 'integration', minutes: 6, priority: 1 },
  { id: 'compliance', minutes: 8, priority: 2 },
  { id: 'quality-2', minutes: 10, priority: 2 },
  { id: 'quality-1', minutes: 10, priority: 2 },
  { id: 'performance', minutes: 8, priority: 3 },
  { id: 'security', minutes: 15, priority: 3 },
  { id: 'architecture', minutes: 10, priority: 3 },
  { id: 'connascence', minutes: 12, priority: 3 },
] as const;

/** Sets the durations of the eight streams and of their report. */
export function streamDurations(msEach: number): Record<string, number> {
  return Object.fromEntries([
    ...streams.map(({ id, minutes }) => [
      `/stages/${id}/work/phases/0/wait`,
      scaled(minutes, msEach),
    ]),
    ['/stages/report/work/phases/0/wait', scaled(3, msEach)],
  ]) as Record<string, number>;
}
