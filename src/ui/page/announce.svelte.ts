import { formatCount, formatMs } from '../../base/units.ts';
import type { RunReport } from '../../engine/runner.ts';
import type { App } from '../state/app.svelte.ts';
import { SaidProgress } from '../state/said-progress.ts';
import type { Snapshot } from '../state/snapshot.ts';
import { describeChange, moveWords } from './describe-change.ts';
import { experimentText } from './experiment-words.ts';

/**
 * Says to those who listen what others see: what an edit, undo or redo changed, what is predicted now, how a
 * run goes and ends, how an experiment goes (what it came to is said where it was begun), and what banners say.
 * @param seen what was there when this was asked for: an edit made meanwhile is said too.
 * @returns what ends it.
 */
export function announce(app: App, seen: Snapshot): () => void {
  return $effect.root(() => {
    sayChanges(app, seen);
    sayMoves(app, seen);
    sayPredictions(app);
    sayRuns(app);
    sayExperiments(app);
    sayMessages(app);
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

/** The graph arranged anew, which changes nothing in the document. */
function sayMoves({ doc, announcer }: App, seen: Snapshot): void {
  let last = seen;
  $effect(() => {
    const { present, before: below } = doc;
    const was = last;
    last = present;
    if (present === was) return;
    const isMade = below === was || present.moved?.from === was.moved?.from;
    if (present.moved && isMade)
      announcer.say('change', capitalised(moveWords(present.moved, present.document)));
    else if (was.moved && below !== was)
      announcer.say('change', `Undid, ${moveWords(was.moved, was.document)}`);
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
  const said = new SaidProgress(announcer, 'run');
  let wasRunning = runs.running;
  let wasPaused = runs.paused;
  $effect(() => {
    void runs.version;
    const { running, paused, progress, last, left } = runs;
    if (running && !wasRunning) said.begin('Running');
    else if (running && progress) {
      const { delivered, failed, dropped, cancelled } = progress.trace.meta.items;
      const done = formatCount(delivered + failed + dropped + cancelled);
      const of = progress.total === null ? '' : ` of ${formatCount(progress.total)}`;
      const rest = left === null ? '' : `, about ${formatMs(left.leftMs)} left`;
      said.say(`${done}${of} items${rest}`);
    } else if (!running && wasRunning && last)
      announcer.say('run', endOf(last.report, view.tab === 'results'));
    if (running && wasRunning && paused !== wasPaused)
      announcer.say('run', paused ? 'The run is paused' : 'The run goes on');
    wasRunning = running;
    wasPaused = paused;
  });
}

function sayExperiments({ experiment, announcer }: App): void {
  const said = new SaidProgress(announcer, 'experiment');
  let wasRunning = experiment.running;
  $effect(() => {
    const { running, now } = experiment;
    if (running && now) {
      const text = experimentText(now);
      if (wasRunning) said.say(text);
      else said.begin(`Measuring. ${text}`);
    }
    wasRunning = running;
  });
}

/** An alert is read out by itself; whatever else comes together with its words is not. */
function sayMessages({ messages, announcer }: App): void {
  let latest = -1;
  $effect(() => {
    for (const { id, severity, text } of messages.list) {
      if (id > latest && severity !== 'error') announcer.say(`message ${id}`, text);
      latest = Math.max(latest, id);
    }
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
