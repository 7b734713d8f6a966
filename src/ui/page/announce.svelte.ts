import { formatCount, formatMs } from '../../base/units.ts';
import type { RunReport } from '../../engine/runner.ts';
import type { App } from '../state/app.svelte.ts';
import type { Snapshot } from '../state/snapshot.ts';
import { describeChange } from './describe-change.ts';

/** How often a run that goes on says how far it is. */
const progressEveryMs = 8000;

/**
 * Says to those who listen what others see: what an edit, undo or redo changed, what is predicted now, and
 * how a run goes and ends.
 * @param seen what was there when this was asked for: an edit made meanwhile is said too.
 * @returns what ends it.
 */
export function announce(app: App, seen: Snapshot): () => void {
  return $effect.root(() => {
    sayChanges(app, seen);
    sayPredictions(app);
    sayRuns(app);
  });
}

function sayChanges({ doc, announcer }: App, seen: Snapshot): void {
  let before = seen.document;
  let wasBroken = seen.brokenText !== null;
  let workBefore = seen.work.id;
  $effect(() => {
    const { document: after, textBroken, workId, title, step } = doc;
    doc.step = null;
    const said = describeChange(before, after);
    if (workId !== workBefore) {
      // A banner says it when undo or redo went to another document.
      if (step === null) announcer.say('change', `Opened ${title}`);
    } else if (step !== null) {
      const what = said?.text ?? (textBroken === wasBroken ? null : 'the text');
      if (what !== null) announcer.say('change', `${step === 'undo' ? 'Undid' : 'Redid'}, ${what}`);
    } else if (textBroken && !wasBroken) announcer.say('change', 'The text cannot be read now');
    else if (said?.isGraph) announcer.say('change', capitalised(said.text));
    before = after;
    wasBroken = textBroken;
    workBefore = workId;
  });
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function sayPredictions({ prediction, announcer }: App): void {
  let last: string | null = null;
  function spoken(): string | null {
    if (prediction.prediction)
      return `Predicted ${formatMs(prediction.prediction.trace.meta.makespan)}`;
    return prediction.refusal && `No prediction: ${prediction.refusal.text}`;
  }
  $effect(() => {
    const now = spoken();
    if (now !== null && now !== last) announcer.say('prediction', now);
    last = now;
  });
}

function sayRuns({ runs, announcer, view }: App): void {
  let wasRunning = runs.running;
  let saidAt = 0;
  $effect(() => {
    void runs.version;
    const { running, progress, last, left } = runs;
    const now = performance.now();
    if (running && !wasRunning) {
      saidAt = now;
      announcer.say('run', 'Running');
    } else if (running && progress && now - saidAt >= progressEveryMs) {
      saidAt = now;
      const { delivered, failed, dropped, cancelled } = progress.trace.meta.items;
      const done = formatCount(delivered + failed + dropped + cancelled);
      const of = progress.total === null ? '' : ` of ${formatCount(progress.total)}`;
      const rest = left === null ? '' : `, about ${formatMs(left.leftMs)} left`;
      announcer.say('run', `${done}${of} items${rest}`);
    } else if (!running && wasRunning && last)
      announcer.say('run', endOf(last.report, view.tab === 'results'));
    wasRunning = running;
  });
}

function endOf({ error, trace }: RunReport, isShown: boolean): string {
  const { items, makespan, ended } = trace.meta;
  // The banner says why.
  if (error) return 'The run failed';
  const parts = [`${formatCount(items.delivered)} delivered in ${formatMs(makespan)}`];
  if (ended === 'stopped') parts.unshift('Stopped');
  if (items.dropped > 0) parts.push(`${formatCount(items.dropped)} dropped`);
  if (items.failed > 0)
    parts.push(`${formatCount(items.failed)} failed${isShown ? '' : ': see the Results tab'}`);
  return parts.join(', ');
}
