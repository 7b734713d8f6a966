import { changeShares, type ChangeShare } from '../../explore/tuner-account.ts';
import { tunableFields, type TunableField } from '../../explore/tuner-fields.ts';
import {
  violation,
  type TunerGoal,
  type TunerLimit,
  type TunerMeasure,
} from '../../explore/tuner-goal.ts';
import {
  tune,
  usualBudget,
  type Evaluate,
  type TuneProgress,
  type TuneResult,
} from '../../explore/tuner.ts';
import { spaceSize } from '../../explore/tuner-space.ts';
import type { TrialOutcome, TrialRequest, TrialRun } from '../../explore/trials.ts';
import type { BoundTerm } from '../../measure/bound.ts';
import type { App } from '../state/app.svelte.ts';
import { otherMachine } from '../state/other-machine.ts';
import { spareTrials, whyNoTrials } from '../state/spare-trials.svelte.ts';
import { trialRequest } from '../state/trial-request.ts';
import { shareWords } from './tuner-words.ts';

/** What the tuner found, and of what. */
export interface Tuned {
  /** The document, and the machine it was simulated on. */
  of: TrialRequest;
  workId: string;
  goal: TunerGoal;
  result: TuneResult;
  /** What each change brings; null: not known yet. */
  shares: ChangeShare[] | null;
  /** What binds in the document as it was and as it was tuned; null: not known yet. */
  bounds: [before: BoundTerm | undefined, after: BoundTerm | undefined] | null;
  /** Without the changes that only take less; null: there are none, or it is not known yet. */
  helping: { set: Readonly<Record<string, unknown>>; outcome: TrialOutcome } | null;
}

/** A search, or the explanation of what one found. */
interface Turn {
  workId: string;
  run: TrialRun | null;
  isStopped: boolean;
}

/** What is to be said of the search that was asked for last. */
interface Asked {
  workId: string;
  running: boolean;
  progress: TuneProgress | null;
  /** How long the rest of the budget takes; null: nobody can tell yet. */
  leftMs: number | null;
  problem: string | null;
}

/** What the reader wants of one document. */
interface Wishes {
  least: TunerMeasure;
  /** null: no limit. */
  limits: Readonly<Record<TunerMeasure, number | null>>;
  noLosses: boolean;
  budget: number;
  /** Fields that the reader ticked or not, by pointer; absent: as usual. */
  ticked: Readonly<Record<string, boolean>>;
  /** The largest value to try, by pointer; absent: the usual one. */
  most: Readonly<Record<string, number>>;
}
const usualWishes: Wishes = {
  least: 'makespanMs',
  limits: { makespanMs: null, latencyP95Ms: null, memoryPeakBytes: null },
  noLosses: true,
  budget: usualBudget,
  ticked: {},
  most: {},
};

/** The tuner of the page's document; it lives on while its tab is closed. */
export class TunerStore {
  /** What was wished for each document, by its work; absent: the usual. */
  private wished: ReadonlyMap<string, Wishes> = $state.raw(new Map());

  /** Its panel shows it, not the sweep. */
  isOpen = $state(false);
  /** It was asked for from elsewhere: it is to come into view. */
  isWanted = $state(false);
  private asked: Asked | null = $state.raw(null);
  tuned: Tuned | null = $state.raw(null);
  /** The document as it is, simulated: what it takes, and what binds it. */
  now: { outcome: TrialOutcome; workId: string } | null = $state.raw(null);

  private readonly app: App;
  /** The latest: what an older one brings comes too late. */
  private turn: Turn | null = null;

  constructor(app: App) {
    this.app = app;
  }

  /** Brings it into view. */
  open(): void {
    this.isOpen = true;
    this.isWanted = true;
  }

  get wishes(): Wishes {
    return this.wished.get(this.app.doc.workId) ?? usualWishes;
  }

  wish(change: Partial<Wishes>): void {
    const next = { ...this.wishes, ...change };
    this.wished = new Map(this.wished).set(this.app.doc.workId, next);
  }

  get goal(): TunerGoal {
    const { least, limits, noLosses } = this.wishes;
    const atMost: Partial<Record<TunerLimit, number>> = {};
    for (const name of Object.keys(limits) as TunerMeasure[]) {
      const most = limits[name];
      // What is to be least needs no limit beside.
      if (most !== null && name !== least) atMost[name] = most;
    }
    if (noLosses) atMost.lost = 0;
    return { least, atMost };
  }

  /** Every field that could be turned, and those whose values the reader has cut down to one. */
  get fields(): TunableField[] {
    const { app, now } = this;
    const { most } = this.wishes;
    const boundBy = now?.workId === app.doc.workId ? now.outcome.bound?.by : undefined;
    const found = tunableFields(app.doc.document, {
      cores: app.services.environment.cores,
      goal: this.goal,
      most,
      ...(boundBy !== undefined && { boundBy }),
    });
    return found.filter(({ values, pointer }) => values.length > 1 || pointer in most);
  }

  isTicked({ pointer, isUsual }: TunableField): boolean {
    return this.wishes.ticked[pointer] ?? isUsual;
  }

  /** The fields that are turned: ticked, with more than one value to try. */
  get turned(): TunableField[] {
    return this.fields.filter((field) => this.isTicked(field) && field.values.length > 1);
  }

  /** What was asked of this document; null: nothing. */
  get search(): Asked | null {
    return this.asked?.workId === this.app.doc.workId ? this.asked : null;
  }

  get running(): boolean {
    return this.search?.running === true;
  }

  /** null: there is none of this document. */
  get shown(): Tuned | null {
    return this.tuned?.workId === this.app.doc.workId ? this.tuned : null;
  }

  /** "of another machine: …", where what is shown is not of the one that is predicted now; null: it is. */
  get otherMachine(): string | null {
    return this.shown && otherMachine(this.shown.of.overheads, this.app.prediction.overheads);
  }

  /** Simulates the document as it is, so that limits can be set with its figures in view. */
  async look(): Promise<void> {
    const { app } = this;
    const { document, workId, pipeline } = app.doc;
    if (pipeline === null || this.running || !app.services.environment.workers) return;
    try {
      const pool = await spareTrials(app);
      const run = pool.run({ ...trialRequest(app, document, [{}]), bounds: true });
      const [outcome] = (await run.done) ?? [];
      if (outcome) this.now = { outcome, workId };
    } catch {
      // Whoever tunes is told why it cannot be done.
    }
  }

  async tune(): Promise<void> {
    const { app, goal, turned: fields } = this;
    const { budget } = this.wishes;
    const { document, workId, pipeline } = app.doc;
    if (this.running || fields.length === 0) return;
    const problem = whyNoTrials(app);
    const turn = this.begin(workId);
    const say = (news: Partial<Asked>): void => {
      if (this.turn === turn) this.asked = { ...this.asked!, ...news };
    };
    const running = problem === null;
    this.asked = { workId, running, progress: null, leftMs: null, problem };
    if (!running) return;
    const startMs = performance.now();
    // The machine as it is now, also for what is simulated later on.
    const of = trialRequest(app, document, []);
    try {
      const seed = pipeline!.seed;
      const evaluate: Evaluate = (sets) => this.trials(turn, { ...of, sets });
      const result = await tune({ fields, goal, seed, budget }, evaluate, (progress) => {
        const { tried, best } = progress;
        const rest = Math.min(budget, spaceSize(fields)) - tried;
        say({ progress, leftMs: ((performance.now() - startMs) / tried) * rest });
        // Where even the document as it is cannot be simulated no setting is likely to be.
        const why = tried === 1 ? whyNotTuned(best.outcome) : null;
        if (why !== null) throw new Error(why);
      });
      if (this.turn !== turn) return;
      say({ running: false });
      this.tuned = { of, workId, goal, result, shares: null, bounds: null, helping: null };
    } catch (error) {
      say({ running: false, problem: error instanceof Error ? error.message : String(error) });
      return;
    }
    // A stop ends the search, not what is said of the best it found.
    const explaining = this.begin(workId);
    try {
      await this.explain(explaining, this.tuned, fields);
    } catch (error) {
      if (this.turn !== explaining) return;
      this.asked = {
        ...this.asked!,
        problem: error instanceof Error ? error.message : String(error),
      };
    }
  }

  /** Ends what is under way, also where it has yet to begin. */
  stop(): void {
    const { turn } = this;
    if (turn === null) return;
    turn.isStopped = true;
    turn.run?.stop();
  }

  private begin(workId: string): Turn {
    this.stop();
    return (this.turn = { workId, run: null, isStopped: false });
  }

  private async explain(turn: Turn, tuned: Tuned, fields: readonly TunableField[]): Promise<void> {
    const { of, result } = tuned;
    const { best } = result;
    const shares = await changeShares(fields, best, (sets) => this.trials(turn, { ...of, sets }));
    const set = Object.fromEntries(
      (shares ?? [])
        .filter((share) => shareWords(share, tuned.goal, result).matters)
        .map(({ pointer, to }) => [pointer, to]),
    );
    const sets = [{}, best.set, set];
    const outcomes = await this.trials(turn, { ...of, sets, bounds: true });
    if (this.tuned !== tuned || outcomes === null) return;
    const [before, after, outcome] = outcomes;
    const helpful = Object.keys(set).length;
    // Two changes of which either would do for a limit: each brings nothing by itself, without both it is broken.
    const keeps = (one: TrialOutcome): boolean =>
      violation(one, tuned.goal) <= violation(best.outcome, tuned.goal);
    const isOther = helpful > 0 && helpful < Object.keys(best.set).length;
    this.tuned = {
      ...{ ...tuned, shares, bounds: [before?.bound, after?.bound] },
      helping: isOther && outcome && keeps(outcome) ? { set, outcome } : null,
    };
  }

  /** Simulates settings; null: it was stopped, or another document was opened. */
  private async trials(turn: Turn, request: TrialRequest): Promise<TrialOutcome[] | null> {
    const { app } = this;
    const pool = await spareTrials(app);
    if (turn.isStopped || turn.workId !== app.doc.workId) return null;
    turn.run = pool.run(request);
    return turn.run.done;
  }
}

/** Why there is nothing to search for, by the document as it is; null: there is. */
function whyNotTuned({ problem, makespanMs, delivered, lost }: TrialOutcome): string | null {
  if (problem !== null) return problem;
  return makespanMs === 0 && delivered + lost === 0
    ? 'No items come, so there is nothing to tune.'
    : null;
}

const stores = new WeakMap<App, TunerStore>();

/** The page's one: it comes when somebody first asks for it. */
export function tunerOf(app: App): TunerStore {
  let store = stores.get(app);
  if (!store) stores.set(app, (store = new TunerStore(app)));
  return store;
}
