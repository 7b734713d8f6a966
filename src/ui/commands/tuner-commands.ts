import type { App } from '../state/app.svelte.ts';
import type { Command } from './command.ts';

/** The tuner comes when it is asked for. */
const store = async (app: App) => {
  const { tunerOf } = await import('../tune/tuner-store.svelte.ts');
  return tunerOf(app);
};

export const tunerCommands: Command[] = [
  {
    id: 'tune',
    title: 'Tune the settings',
    group: 'Run',
    words: 'optimise optimize best search least makespan memory latency',
    whyOff: (app) => (app.doc.pipeline ? null : 'The document has mistakes: mend them first.'),
    async run(app) {
      app.view.show('sweep');
      const tuner = await store(app);
      tuner.open();
      if (!tuner.running) await tuner.tune();
    },
  },
  {
    id: 'tune-stop',
    title: 'Stop tuning',
    group: 'Run',
    words: 'end cancel abort search',
    whyOff: ({ view }) => (view.tab === 'sweep' ? null : 'Open the “Sweep & tune” tab first.'),
    run: async (app) => (await store(app)).stop(),
  },
];
