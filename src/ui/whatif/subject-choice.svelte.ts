import type { PipelineDocument } from '../../pipeline/types.ts';
import type { App } from '../state/app.svelte.ts';
import type { Replayable } from './replay-of.ts';

type Explainable = 'run' | 'prediction';

/** A run, or a prediction, that Why explains and What if replays. */
interface Candidate extends Replayable {
  /** What ran; null: it is predicted, of the document as it stands. */
  ran: PipelineDocument | null;
  /** The cache was asked while it ran. */
  asksCache: boolean;
}

/** What the reader chose, for as long as nothing new is there. */
class Choice {
  now: { what: Explainable; when: string } | null = $state.raw(null);
}
const choices = new WeakMap<App, Choice>();

function choiceOf(app: App): Choice {
  let choice = choices.get(app);
  if (!choice) choices.set(app, (choice = new Choice()));
  return choice;
}

/**
 * What Why explains and What if replays: the same, so that both speak of the same figures. Usually whatever speaks
 * for the document as it stands; else what the reader chose. Call it while a component is set up.
 */
export function subjectChoice(app: App) {
  const choice = choiceOf(app);
  const run = $derived.by((): Candidate | null => {
    const { last } = app.runs;
    if (!last || last.report.error || last.report.trace.tasks.count === 0) return null;
    const { document: ran, pipeline, cache, report } = last;
    const { trace, models } = report;
    return { trace, pipeline, models, ran, asksCache: cache === 'on' };
  });
  const predicted = $derived.by((): Candidate | null => {
    const { prediction } = app.timeline;
    if (!prediction || prediction.trace.tasks.count === 0) return null;
    return { ...prediction, models: null, ran: null, asksCache: false };
  });
  const isStale = $derived(app.runs.last !== null && !app.doc.isStill(app.runs.last.document));
  const usual = $derived<Explainable>(run && (!isStale || !predicted) ? 'run' : 'prediction');
  const when = $derived(`${app.runs.last?.number} ${isStale}`);
  const what = $derived(run && predicted && choice.now?.when === when ? choice.now.what : usual);
  const subject = $derived(what === 'run' ? run : (predicted ?? run));
  const isEmpty = $derived(
    [app.runs.last?.report, app.timeline.prediction].some(
      (one) => one?.trace.meta.ended === 'done' && one.trace.meta.items.emitted === 0,
    ),
  );
  return {
    /** There are both, so there is a choice. */
    get isOpen() {
      return run !== null && predicted !== null;
    },
    get what() {
      return what;
    },
    choose(now: Explainable) {
      choice.now = { what: now, when };
    },
    /** The document would no longer run, or be predicted, as the last run was. */
    get isStale() {
      return isStale;
    },
    /** null: there is neither a run nor a prediction with a task in it. */
    get subject() {
      return subject;
    },
    /** There is no subject because no items came, in the run or the prediction that is there. */
    get isEmpty() {
      return subject === null && isEmpty;
    },
  };
}
