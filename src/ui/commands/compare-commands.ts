import { whyBusy, type Command } from './command.ts';

/** What measures the document against itself under other settings. */
export const compareCommands: readonly Command[] = [
  {
    id: 'compare',
    title: 'Compare the variants',
    group: 'Run',
    words: 'experiment interleaved interval verdict faster slower A/B',
    whyOff: whyBusy,
    async run(app) {
      app.view.show('compare');
      const [{ choicesOf, compareChoices }, { compareSettings }] = await Promise.all([
        import('../compare/compare-choices.svelte.ts'),
        import('../compare/measure-settings.ts'),
      ]);
      const chosen = compareChoices(app);
      const settings = chosen.chosen(choicesOf(app));
      if (settings.length > 1) await compareSettings(app, settings, { budgetMs: chosen.budgetMs });
      else app.tell('info', 'There is nothing to compare yet: tick two or more settings.');
    },
  },
  {
    id: 'scaling',
    title: 'Measure the speedup against workers',
    group: 'Run',
    words: 'scaling curve Amdahl USL knee cores',
    whyOff: whyBusy,
    async run(app) {
      const { measureScaling } = await import('../compare/measure-scaling.ts');
      await measureScaling(app, app.services.environment.cores * 2);
    },
  },
];
