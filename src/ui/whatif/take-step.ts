import type { StepGain } from '../../explore/what-if.ts';
import type { App } from '../state/app.svelte.ts';
import { namesOf } from '../state/stage-names.ts';
import { takeVariant } from '../state/take-variant.ts';
import { stepWords } from './what-if-words.ts';

/** A step as a setting of the document with a name. */
export const settingOf = (app: App, step: StepGain) => ({
  name: stepWords(step, namesOf(app.doc.document)),
  set: { [step.pointer]: step.to },
});

/** Puts it into the document, and says so; false: it does not fit, and a message says why. */
export function takeStep(app: App, step: StepGain): boolean {
  const said = takeVariant(app, settingOf(app, step));
  if (said !== null) app.announcer.say('what-if-step', said);
  return said !== null;
}
