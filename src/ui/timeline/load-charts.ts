/** The painted charts, and what they are made from: they come with the first schedule there is to show. */
export async function loadCharts() {
  const [charts, models] = await Promise.all([
    import('./Charts.svelte'),
    import('./chart-models.ts'),
  ]);
  return { Charts: charts.default, models };
}
