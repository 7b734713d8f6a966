import type { App } from '../state/app.svelte.ts';
import { lightUp } from '../why/light-up.ts';
import { suggestionsOf } from '../why/suggestion-store.svelte.ts';
import { whyBusy, type Command } from './command.ts';

const whyNone = (app: App): string | null =>
  suggestionsOf(app).best(app.doc.document)
    ? null
    : 'Nothing that would help has been found yet: see the Why panel.';

/** What the Why panel does, by name. */
export const whyCommands: readonly Command[] = [
  {
    id: 'why-suggest',
    title: 'Find out what would help',
    group: 'Run',
    words: 'why bottleneck suggestion suggest faster explain',
    run: ({ view }) => view.show('why'),
  },
  {
    id: 'why-apply',
    title: 'Apply the best suggestion',
    group: 'Edit',
    words: 'why bottleneck what would help',
    whyOff: whyNone,
    run(app) {
      const store = suggestionsOf(app);
      const said = store.apply(store.best(app.doc.document)!);
      if (said !== null) app.tell('info', said);
    },
  },
  {
    id: 'why-measure',
    title: 'Measure the best suggestion',
    group: 'Run',
    words: 'why what would help experiment interval',
    whyOff: (app) => whyBusy(app) ?? whyNone(app),
    async run(app) {
      const store = suggestionsOf(app);
      app.view.show('why');
      await store.measure(store.best(app.doc.document)!, app.doc.document);
    },
  },
  {
    id: 'why-light-up',
    title: 'Light up what waited for the bottleneck',
    group: 'Schedule',
    words: 'why root cause highlight show',
    whyOff: (app) =>
      suggestionsOf(app).rootCause ? null : 'No bottleneck has been found yet: see the Why panel.',
    run(app) {
      const { one, pipeline } = suggestionsOf(app).rootCause!;
      lightUp(app, one, pipeline);
    },
  },
];
