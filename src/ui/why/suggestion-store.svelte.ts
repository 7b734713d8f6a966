import {
  pairsOf,
  suggestionsFrom,
  triedChanges,
  type Suggestion,
  type TriedChange,
} from '../../explore/suggestions.ts';
import { worthTrying, type Change } from '../../explore/changes.ts';
import type { ExperimentState } from '../../explore/experiment.ts';
import type { TrialRun } from '../../explore/trials.ts';
import { basedTrials, type BasedTrials } from '../../explore/what-if-basis.ts';
import type { Bottleneck } from '../../measure/bottlenecks.ts';
import type { Overheads } from '../../engine/runner.ts';
import type { Pipeline, PipelineDocument } from '../../pipeline/types.ts';
import type { Trace } from '../../trace/types.ts';
import type { App } from '../state/app.svelte.ts';
import { spareTrials } from '../state/spare-trials.svelte.ts';
import { takeVariant } from '../state/take-variant.ts';
import { trialRequest } from '../state/trial-request.ts';
import { replayOf, type Replayable } from '../whatif/replay-of.ts';
import { runsAlike } from './suggestion-words.ts';

/** What was tried of one document. */
export interface Tried {
  document: PipelineDocument;
  /** The run that was replayed for it; null: it was of the prediction. */
  run: Trace | null;
  /** Of the machine that was simulated. */
  overheads: Overheads;
  /** Why that run cannot be replayed, one sentence; null: it can, or none was asked for. */
  notReplayed: string | null;
  /** The best first; none: nothing helps. */
  suggestions: readonly Suggestion[];
  /** How many changes were tried, and how many of them in a replay of the run. */
  count: number;
  replayed: number;
  /** How much longer than the run its replay with nothing changed takes, as a share; 0: none was replayed. */
  replayError: number;
  /** Why nothing could be tried, one sentence; null: it could. */
  problem: string | null;
}

/** Taken over by a press, until another document is looked at. */
export interface Applied {
  suggestion: Suggestion;
  /** It came of explaining a run. */
  isOfRun: boolean;
  before: PipelineDocument;
  after: PipelineDocument;
}

/** Looks for changes that help, by simulation on spare threads; keeps what was measured of them. */
export class SuggestionStore {
  tried: Tried | null = $state.raw(null);
  applied: Applied | null = $state.raw(null);
  /** Trials done and to do; null: none are under way. */
  progress: { done: number; of: number } | null = $state.raw(null);
  /** What was measured, by document and the change's name. */
  measured: readonly { document: PipelineDocument; name: string; state: ExperimentState }[] =
    $state.raw([]);
  /** What held back the run that was explained last; null: none was, or nothing did. */
  rootCause: { one: Bottleneck; pipeline: Pipeline } | null = $state.raw(null);
  private run: TrialRun | null = null;
  /** Of the latest look: what an older one brings comes too late. */
  private turn = 0;
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
  }

  /**
   * Tries what is worth trying against these bottlenecks of a run or a prediction of this document; a newer call
   * ends the one before.
   */
  async look(
    document: PipelineDocument,
    of: Replayable,
    found: readonly Bottleneck[],
  ): Promise<void> {
    this.stop();
    const { turn, app } = this;
    const { machine } = of.pipeline;
    const cores = machine.cores ?? app.services.environment.cores;
    const changes = worthTrying(of.pipeline, found, cores);
    this.progress = { done: 0, of: changes.length + 1 };
    const run = of.models ? of.trace : null;
    const about = { document, run, overheads: app.prediction.overheads };
    try {
      // A prediction needs none: simulating the document is its replay, and never one of an earlier document.
      const replay = run === null ? null : replayOf(app, of);
      const notReplayed = replay === null || replay.ok ? null : replay.error;
      const simulation = trialRequest(app, document, []);
      const tryAll = (asked: readonly Change[]): Promise<TriedChange[] | null> =>
        this.tryAll(
          turn,
          basedTrials(asked, replay?.ok ? replay.value : null, document, simulation),
        );
      let tried = await tryAll(changes);
      if (tried === null) return;
      let suggestions = suggestionsFrom(tried);
      const problem = tried.find(({ before }) => before.problem !== null)?.before.problem ?? null;
      // Of pairs a single one is enough.
      const pairs = suggestions.length > 0 || problem !== null ? [] : pairsOf(changes);
      if (pairs.length > 0) {
        const both = await tryAll(pairs);
        if (both === null) return;
        suggestions = suggestionsFrom(both).slice(0, 1);
        tried = [...tried, ...both];
      }
      const inReplay = tried.filter(({ basis }) => basis === 'run');
      const [unchanged] = inReplay.map(({ before }) => before.makespanMs);
      const replayError = replay?.ok && unchanged ? unchanged / replay.value.makespanMs - 1 : 0;
      this.tried = {
        ...{ ...about, notReplayed, suggestions, count: tried.length },
        ...{ replayed: inReplay.length, replayError },
        problem: suggestions.length > 0 ? null : problem,
      };
    } catch (error) {
      if (turn !== this.turn) return;
      this.tried = {
        ...{ ...about, notReplayed: null, suggestions: [], count: 0, replayed: 0, replayError: 0 },
        problem: (error as Error).message,
      };
    } finally {
      if (turn === this.turn) this.stop();
    }
  }

  /** What is known of what would help this run or prediction of the document; null: nothing was tried. */
  triedOf(document: PipelineDocument, { trace, models }: Replayable): Tried | null {
    const { tried } = this;
    const isSame =
      tried !== null &&
      tried.run === (models ? trace : null) &&
      tried.overheads === this.app.prediction.overheads &&
      runsAlike(tried.document, document);
    return isSame ? tried : null;
  }

  stop(): void {
    this.turn++;
    this.run?.stop();
    this.run = null;
    this.progress = null;
  }

  /** null: it was stopped, or a newer look has begun. */
  private async tryAll(
    turn: number,
    trials: readonly BasedTrials<Change>[],
  ): Promise<TriedChange[] | null> {
    const pool = await spareTrials(this.app);
    const of = trials.reduce((sum, { request }) => sum + request.sets.length, 0);
    const tried: TriedChange[] = [];
    let before = 0;
    for (const one of trials) {
      if (turn !== this.turn) return null;
      this.run = pool.run(one.request, (done) => {
        if (turn === this.turn) this.progress = { done: before + done, of };
      });
      const outcomes = await this.run.done;
      if (outcomes === null) return null;
      tried.push(...triedChanges(one, outcomes));
      before += outcomes.length;
    }
    return turn === this.turn ? tried : null;
  }

  /** One step of undo. Gives what to say; null: it does not fit, and a message says why. */
  apply(suggestion: Suggestion): string | null {
    const before = this.app.doc.document;
    const said = takeVariant(this.app, suggestion.change);
    if (said === null) return null;
    const isOfRun = this.tried?.run != null;
    this.applied = { suggestion, isOfRun, before, after: this.app.doc.document };
    return said;
  }

  /** Of the document as it stands; null: none has been found (yet). */
  best(document: PipelineDocument): Suggestion | null {
    const { tried } = this;
    return tried && runsAlike(tried.document, document) ? (tried.suggestions[0] ?? null) : null;
  }

  measuredOf(document: PipelineDocument, name: string): ExperimentState | null {
    return (
      // The latest: several documents may be alike.
      this.measured.findLast((one) => runsAlike(one.document, document) && one.name === name)
        ?.state ?? null
    );
  }

  /** Measures the document as it was before a change against the change, live; shown here. */
  async measure({ change: { name, set } }: Suggestion, document: PipelineDocument): Promise<void> {
    const { measureSettings, compareSettings } = await import('../compare/measure-settings.ts');
    const options = { title: `Suggestion “${name}”`, stay: true, budgetMs };
    const isNow = this.app.doc.document === document;
    const contender = { name, set, document };
    const state = isNow
      ? await measureSettings(this.app, [contender], options)
      : await compareSettings(
          this.app,
          [{ name: 'the document before', set: {}, document }, contender],
          options,
        );
    if (state === null) return;
    const others = this.measured.filter((one) => one.document !== document || one.name !== name);
    this.measured = [...others, { document, name, state }].slice(-keptMost);
  }
}
const keptMost = 20;
/** A suggestion is a question on the side: after this the interval is taken as it stands, ms. */
const budgetMs = 30_000;

const stores = new WeakMap<App, SuggestionStore>();

/** One a page: what was measured stays while other panels are looked at. */
export function suggestionsOf(app: App): SuggestionStore {
  let store = stores.get(app);
  if (!store) stores.set(app, (store = new SuggestionStore(app)));
  return store;
}
