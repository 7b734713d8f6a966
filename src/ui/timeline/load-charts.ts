/** The painted charts: they come with the first schedule there is to show. */
export async function loadCharts() {
  const [schedule, levels] = await Promise.all([
    import('./ScheduleChart.svelte'),
    import('./LevelsChart.svelte'),
  ]);
  return { ScheduleChart: schedule.default, LevelsChart: levels.default };
}
