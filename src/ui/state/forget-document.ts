import type { PipelineDocument } from '../../pipeline/types.ts';
import type { MessageStore } from './messages.svelte.ts';
import type { PredictionStore } from './prediction-store.svelte.ts';
import type { RunStore } from './run-store.svelte.ts';
import type { ExperimentStore } from './experiment-store.svelte.ts';
import type { TimelineStore } from './timeline-store.svelte.ts';
import type { ViewStore } from './view.svelte.ts';

interface Stores {
  doc: { readonly document: PipelineDocument };
  view: ViewStore;
  timeline: TimelineStore;
  messages: MessageStore;
  prediction: PredictionStore;
  runs: RunStore;
  experiment: ExperimentStore;
}

/**
 * Another document has come: nothing of the one before is shown, run or measured any longer. What had to
 * be stopped is said. `back`: what brings the one before back.
 */
export function forgetDocument(stores: Stores, back: 'Undo' | 'Redo' = 'Undo'): void {
  const { doc, view, timeline, messages, prediction, runs, experiment } = stores;
  view.select({ kind: 'machine' });
  view.codeOf = null;
  view.otherWork.clear();
  view.tab = doc.document.lesson?.length ? 'lesson' : 'notes';
  timeline.replay.pinAt(null);
  timeline.focus.forget();
  messages.clear();
  prediction.forget();
  const ran = runs.abandon()?.document;
  const stopped = experiment.abandon() ?? ran;
  if (!stopped) return;
  messages.show(
    'info',
    `${ran ? 'The run' : 'The experiment'} of “${stopped.name ?? 'Untitled'}” was stopped because another document was opened: ${back} brings the document back.`,
  );
}
