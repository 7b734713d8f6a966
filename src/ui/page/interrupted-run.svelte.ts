import type { App } from '../state/app.svelte.ts';

/** Of this tab, for as long as something runs: what, and of which work. */
const runNote = 'running';

/** Notes what runs, so that a page that is loaded anew in the middle of it can say what was lost. */
export function noteRuns({ runs, experiment, doc, services: { tabSettings } }: App): () => void {
  const what = $derived(runs.running ? 'run' : experiment.running ? experiment.kind : null);
  return $effect.root(() => {
    $effect(() => {
      if (what === null) return;
      tabSettings.set(runNote, `${what} ${doc.workId}`);
      return () => tabSettings.set(runNote, null);
    });
  });
}

/** To be called when what was open is back. Only this tab's own run is meant, not that of one it was copied from. */
export function sayInterrupted(app: App): void {
  const { tabSettings } = app.services;
  const [what, workId] = (tabSettings.get(runNote) ?? '').split(' ');
  tabSettings.set(runNote, null);
  const { doc } = app;
  if (workId !== doc.workId) return;
  const { document } = doc;
  const isRun = what === 'run';
  const again = { run: () => app.run(), speedup: () => app.measureSpeedup() }[what!];
  app.messages.show(
    'info',
    `${isRun ? 'The run' : 'The experiment'} of ${doc.title} ended with the page that was left, and what it had measured is gone.`,
    again && { label: 'Run again', run: () => void again() },
    () => app.busy || doc.document !== document,
  );
}
