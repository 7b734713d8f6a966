import { lowerBound } from '../../measure/bound.ts';
import { settingTitle } from '../inspector/settings.ts';
import type { App } from '../state/app.svelte.ts';
import { suggestedSweep } from './sweep-fields.ts';

/** Puts a sweep to begin with into the document, as one step of undo: what binds against the workers. */
export function suggestSweep(app: App): void {
  const { prediction, pipeline } = app.prediction;
  const bound = prediction && pipeline ? lowerBound(prediction.trace, pipeline).by : undefined;
  const { cores } = app.services.environment;
  const sweep = suggestedSweep(app.doc.document, cores, bound);
  app.set('/sweep', sweep);
  const titles = Object.keys(sweep).map(
    (pointer) => `“${settingTitle(app.doc.document, pointer)}”`,
  );
  app.announcer.say('sweep-row', `Swept: ${titles.join(' and ')}`);
}
