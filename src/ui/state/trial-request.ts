import type { TrialRequest } from '../../explore/trials.ts';
import { withDefaults } from '../../pipeline/defaults.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import type { App } from './app.svelte.ts';

/** Trials of a document on the machine that predictions are made for. */
export function trialRequest(
  app: App,
  document: PipelineDocument,
  sets: TrialRequest['sets'],
): TrialRequest {
  const sourceItems = app.sourceItems(withDefaults(document));
  return {
    ...{ document, sets },
    cores: app.services.environment.cores,
    overheads: app.prediction.overheads,
    ...(sourceItems !== null && { sourceItems }),
  };
}
