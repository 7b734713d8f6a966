import {
  cellCount,
  cellSet,
  presentCell,
  sweepAxes,
  sweepSets,
  type SweepAxis,
} from '../../explore/sweep.ts';
import type { Measure, Outcomes } from '../../explore/trade-off.ts';
import type { TrialRun } from '../../explore/trials.ts';
import type { Overheads } from '../../engine/runner.ts';
import { withAt } from '../../pipeline/pointer.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import type { App } from '../state/app.svelte.ts';
import { otherMachine } from '../state/other-machine.ts';
import { samePrediction } from '../state/same-work.ts';
import { spareTrials, whyNoTrials } from '../state/spare-trials.svelte.ts';
import { trialRequest } from '../state/trial-request.ts';
import { measureSettings } from '../compare/measure-settings.ts';
import { measuredCells, type MeasuredCell } from './measured-cells.ts';
import type { SweepWords } from './sweep-words.ts';
import { usualY, weighedWith } from './sweep-view.ts';

/** A sweep as it was simulated, as far as it has come. */
export interface SweepResult {
  document: PipelineDocument;
  workId: string;
  /** Of the machine that was simulated. */
  overheads: Overheads;
  axes: readonly SweepAxis[];
  outcomes: Outcomes;
  done: number;
  /** All of it is there. */
  isWhole: boolean;
}

/** The page is drawn anew no more often than this while cells come in, ms. */
const drawEveryMs = 120;

/** The sweep of the page's document; it lives on while its tab is closed. */
export class SweepStore {
  result: SweepResult | null = $state.raw(null);
  /** How long the rest takes; null: nobody can tell yet. */
  leftMs: number | null = $state(null);
  /** The work that was to be simulated last, whether that goes on, and why it could not be. */
  private wanted: { workId: string; running: boolean; problem: string | null } | null =
    $state.raw(null);

  // How it is looked at.
  measure: Measure = $state('makespanMs');
  /** Axes of the trade-off. */
  alongX: Measure = $state('makespanMs');
  /** What the reader chose; null: what there is something to weigh up with. */
  pickedY: Measure | null = $state(null);
  readonly alongY: Measure = $derived.by(() => {
    const { result, alongX } = this;
    return this.pickedY ?? (result?.isWhole ? weighedWith(result.outcomes, alongX) : usualY);
  });
  /** Axes of the map, by pointer; null: the two with most values. */
  shownAxes: { x: string; y: string } | null = $state.raw(null);
  /** The value of each other field, by pointer; absent: that of the best cell. */
  held: Readonly<Record<string, number>> = $state.raw({});
  selected: number | null = $state(null);
  withLosses = $state(false);
  /** Cells to be measured that the reader chose; null: some along the front. */
  chosen: ReadonlySet<number> | null = $state.raw(null);
  /** What live runs have found, of cells whose measuring is over. */
  private found: ReadonlyMap<number, MeasuredCell> = $state.raw(new Map());
  /** What is being measured: what a contender sets → its cell. */
  private asked: ReadonlyMap<unknown, number | null> = $state.raw(new Map());

  private readonly app: App;
  private run: TrialRun | null = null;
  /** Of the latest simulation: what an older one brings comes too late. */
  private turn = 0;

  constructor(app: App) {
    this.app = app;
  }

  /** null: there is none of this document. */
  get shown(): SweepResult | null {
    const { app, result } = this;
    return result?.workId === app.doc.workId ? result : null;
  }

  get running(): boolean {
    return this.wantedHere?.running === true;
  }

  /** Why nothing could be simulated. */
  get problem(): string | null {
    return this.wantedHere?.problem ?? null;
  }

  private get wantedHere(): SweepStore['wanted'] {
    return this.wanted?.workId === this.app.doc.workId ? this.wanted : null;
  }

  /** The cell of the document as it is now; null: it is at none of them. */
  get present(): number | null {
    const { app, shown: result } = this;
    return result && presentCell(result.axes, app.doc.document, app.services.environment.cores);
  }

  /** "of another machine: …", where that is not the one that is predicted now; null: it is. */
  get otherMachine(): string | null {
    const { app, shown: result } = this;
    return result && otherMachine(result.overheads, app.prediction.overheads);
  }

  /** The document would no longer be swept as it was: something else than the swept fields, or the machine, has changed. */
  get isStale(): boolean {
    return this.otherMachine !== null || this.isOtherDocument;
  }

  private get isOtherDocument(): boolean {
    const { app, shown: result } = this;
    if (result === null) return false;
    const { document: now, measured } = app.doc;
    const at = (one: PipelineDocument): PipelineDocument => firstCell(one, result.axes);
    return !samePrediction(at(result.document), at(now), measured.map(at));
  }

  /** The document sweeps other fields or values by now. */
  get isOtherSweep(): boolean {
    const { shown: result } = this;
    if (result === null) return false;
    const axes = sweepAxes(this.app.doc.document);
    return JSON.stringify(axes) !== JSON.stringify(result.axes);
  }

  /** Simulates every cell; what comes in is shown as it comes. */
  async simulate(): Promise<void> {
    const { app } = this;
    const { document, workId } = app.doc;
    const axes = sweepAxes(document);
    if (this.running || cellCount(axes) === 0) return;
    const problem = whyNoTrials(app);
    // That of another document may still go on.
    this.stop();
    const { turn } = this;
    this.wanted = { workId, running: problem === null, problem };
    if (problem !== null) return;
    const request = trialRequest(app, document, sweepSets(axes));
    const { sets, overheads } = request;
    const about = { document, workId, overheads, axes };
    this.begin({ ...about, outcomes: [], done: 0, isWhole: false });
    const startMs = performance.now();
    let drawnMs = startMs;
    const show = (done: number, outcomes: Outcomes, isWhole: boolean): void => {
      // Places that nobody has written to yet are no places at all: these are undefined.
      const all = Array.from({ length: sets.length }, (_, cell) => outcomes[cell]);
      this.result = { ...about, outcomes: all, done, isWhole };
    };
    try {
      const pool = await spareTrials(app);
      if (turn !== this.turn) return;
      this.run = pool.run(request, (done, outcomes) => {
        if (turn !== this.turn) return;
        // Nobody waits for it any longer.
        if (app.doc.workId !== workId) return this.stop();
        const nowMs = performance.now();
        this.leftMs = ((nowMs - startMs) / done) * (sets.length - done);
        if (nowMs - drawnMs < drawEveryMs) return;
        drawnMs = nowMs;
        show(done, outcomes, false);
      });
      const outcomes = await this.run.done;
      if (turn !== this.turn) return;
      if (outcomes !== null) show(outcomes.length, outcomes, true);
      this.stop();
    } catch (error) {
      if (turn !== this.turn) return;
      this.stop();
      const why = error instanceof Error ? error.message : String(error);
      this.wanted = { workId, running: false, problem: why };
    }
  }

  stop(): void {
    this.turn++;
    this.run?.stop();
    this.run = null;
    if (this.wanted?.running) this.wanted = { ...this.wanted, running: false };
  }

  /** What live runs have found so far, those under way included. */
  get measured(): ReadonlyMap<number, MeasuredCell> {
    const now = this.app.experiment.measured.comparison;
    const isOurs = now?.plan.contenders.some(({ set }) => set && this.asked.has(set)) === true;
    if (!isOurs || now.state === null) return this.found;
    const cells = now.plan.contenders.map(({ set }, at) =>
      at === 0 ? (this.asked.get(null) ?? null) : (this.asked.get(set) ?? null),
    );
    return new Map([...this.found, ...measuredCells(now.state, cells)]);
  }

  /** Runs these cells on the live machine, in turn with the document as it is. */
  async measureLive(cells: readonly number[], words: SweepWords): Promise<void> {
    const { shown: result, present } = this;
    if (result === null || this.isStale) return;
    const others = cells.filter((cell) => cell !== present);
    const contenders = others.map((cell) => ({
      name: words.nameOf(cell),
      set: cellSet(result.axes, cell),
    }));
    this.asked = new Map<unknown, number | null>([
      [null, present],
      ...contenders.map(({ set }, at): [unknown, number] => [set, others[at]!]),
    ]);
    await measureSettings(this.app, contenders, { title: 'Trade-off front', stay: true });
    if (this.result === result) this.found = this.measured;
    this.asked = new Map();
  }

  /** Live runs of cells are under way. */
  get isMeasuring(): boolean {
    return this.asked.size > 0 && this.app.experiment.isRunning('comparison');
  }

  private begin(result: SweepResult): void {
    const { result: before } = this;
    const isSame =
      before?.workId === result.workId &&
      JSON.stringify(before.axes) === JSON.stringify(result.axes);
    this.result = { ...result, outcomes: Array.from({ length: cellCount(result.axes) }) };
    this.leftMs = null;
    // Simulated once more, the cells are the same cells, but what was measured is of other work.
    if (isSame) this.found = new Map();
    else this.clear();
  }

  private clear(): void {
    this.shownAxes = null;
    this.held = {};
    this.selected = null;
    this.chosen = null;
    this.found = new Map();
  }
}

/** The document with every swept field at its first value: what is left to differ is not swept. */
function firstCell(document: PipelineDocument, axes: readonly SweepAxis[]): PipelineDocument {
  return axes.reduce(
    (changed, { pointer, values }) => withAt(changed, pointer, values[0]) ?? changed,
    document,
  );
}

const stores = new WeakMap<App, SweepStore>();

/** The page's one: it comes when somebody first asks for it. */
export function sweepOf(app: App): SweepStore {
  // In a root of its own: what it derives would stand still once the component is gone that first asked.
  if (!stores.has(app)) $effect.root(() => void stores.set(app, new SweepStore(app)));
  return stores.get(app)!;
}
