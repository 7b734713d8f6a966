import { plain } from '../../src/engine/machine.ts';
import type { FrameFailure } from '../../src/live/border.ts';
import { compilePlan } from '../../src/engine/plan.ts';
import type { DispatchTrick } from '../../src/engine/runner.ts';
import type { CodeUnit } from '../../src/live/compile/unit.ts';
import { epochMs, RunClock } from '../../src/live/coordinator/clock.ts';
import { LiveMachine } from '../../src/live/coordinator/live-machine.ts';
import { Reporter } from '../../src/live/coordinator/reporter.ts';
import { Results } from '../../src/live/coordinator/results.ts';
import { ReadyFeed } from '../../src/live/coordinator/source-feed.ts';
import type { StageWorker } from '../../src/live/coordinator/worker-link.ts';
import { packEnds, unpackTasks } from '../../src/live/packing.ts';
import type { FromWorker, ToWorker, WireEnd, WireStage, WireTask } from '../../src/live/wire.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';

/** Keeps what it is sent; ends its tasks, or breaks, when the test says so. */
export class Puppet implements StageWorker {
  onmessage: Worker['onmessage'] = null;
  onmessageerror: Worker['onmessageerror'] = null;
  onerror: Worker['onerror'] = null;
  readonly sent: WireTask[] = [];
  /** As it was told to load. */
  stages: WireStage[] = [];
  /** Of each message with tasks: how many, how seldom ends are to be told, and the buffers that went along. */
  readonly told: { count: number; tellEveryMs: number; moved: readonly Transferable[] }[] = [];
  /** What it shares with the coordinator; null where nothing can be shared. */
  progress: Int32Array | null = null;
  /** Tasks it was told to give up. */
  readonly aborted: number[] = [];
  isGone = false;
  #ended = 0;

  postMessage(message: ToWorker, options?: Transferable[] | StructuredSerializeOptions): void {
    if (message.type === 'load') {
      this.stages = message.stages;
      this.progress = message.progress;
    }
    if (message.type === 'abort') this.aborted.push(message.task);
    if (message.type !== 'tasks') return;
    unpackTasks(message.tasks, this.sent);
    const moved = Array.isArray(options) ? options : [];
    this.told.push({ count: message.tasks.count, tellEveryMs: message.tellEveryMs, moved });
  }
  terminate(): void {
    this.isGone = true;
  }
  #say(data: FromWorker | 'nonsense'): void {
    this.onmessage?.call(this as unknown as Worker, { data } as MessageEvent<FromWorker>);
  }
  isReady(): void {
    this.#say({ type: 'ready' });
  }
  /** Its next task has ended, just now as it began if nothing else is said. */
  end(how: Partial<WireEnd> = {}): void {
    const { task, number } = this.sent[this.#ended++]!;
    const at = epochMs();
    const times = { startMs: at, endMs: at, setupMs: 0, waitedMs: 0 };
    const values = { values: [1], codes: [plain], entryFaults: [], fault: null };
    this.#say({ type: 'ends', ends: packEnds([{ task, number, ...times, ...values, ...how }]) });
  }
  dies(): void {
    this.#say('nonsense');
  }
}

/** A unit of code as compiled: it says whether it moves. */
export const unitThat = (moves: boolean): CodeUnit => ({
  ...{ name: 'a', pieces: [''], imports: [], moves, digest: '' },
});

interface Made {
  items: number;
  value?: (index: number) => unknown;
  document?: Partial<PipelineDocument>;
  unit?: CodeUnit;
  without?: readonly DispatchTrick[];
  /** Tasks of the first worker that end at once. */
  ends?: number;
  results?: Results;
}

/** A live machine whose workers are puppets, all ready; one has ended its first task. With one stage and two of them if nothing else is said. */
export function begun({
  items,
  value = (index) => ({ index }),
  document = {},
  unit = unitThat(false),
  without = [],
  ends = 1,
  results = new Results(false, { hasher: null, waitingBytesMax: Infinity }),
}: Made) {
  const pipeline = withDefaults({
    format: 'millrace/1',
    source: { kind: 'count', count: items },
    stages: [{ id: 'a', work: { kind: 'code', source: '' } }],
    machine: { workers: 2 },
    ...document,
  });
  const puppets: Puppet[] = [];
  const failures: FrameFailure[] = [];
  const reporter = new Reporter((told) => {
    if (told.type === 'failures') failures.push(...told.failures);
  });
  const machine = new LiveMachine({
    plan: compilePlan(pipeline, { cores: 2, cache: 'off', sendAheadMs: 3 }),
    code: { units: [unit], stageUnits: pipeline.stages.map(() => 0), sourceUnit: -1 },
    clock: new RunClock(),
    makeWorker: () => {
      const puppet = new Puppet();
      puppets.push(puppet);
      return puppet;
    },
    ...{ turnsPerMs: 0, practice: 0, timerStepMs: 1, cachePort: null, without },
    feed: new ReadyFeed(items, value),
    reporter,
    results,
    over: () => {},
  });
  machine.prepare();
  puppets.forEach((puppet) => puppet.isReady());
  // Its tasks are known to be short now: more are sent ahead.
  for (let ended = 0; ended < ends; ended++) puppets[0]!.end();
  /** What has been told as failed. */
  const failed = (): readonly FrameFailure[] => {
    reporter.flush(0);
    return failures;
  };
  return { machine, puppets, failed };
}
