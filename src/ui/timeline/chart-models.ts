/** What makes models for charts out of traces, one chunk: it comes with the first trace there is to show. */
export { buildSchedule } from '../../charts/layout/schedule-lanes.ts';
export { resizeAxis } from '../../charts/layout/time-axis.ts';
