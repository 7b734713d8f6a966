import { memoryTrack, queueTracks } from '../../charts/layout/level-tracks.ts';
import type { LevelTrack } from '../../charts/layout/levels.ts';
import { stateTracks } from '../../charts/layout/state-tracks.ts';
import type { StateTrack } from '../../charts/layout/state-bands.ts';
import type { Progress } from '../../engine/runner.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import type { Trace } from '../../trace/types.ts';
import { stateLookup, type StateLookup } from '../graph/state-lookup.ts';

/** Of one trace: its queues and memory over time, and the rest for when it is first asked for. */
export class Pressure {
  /** By stage index. */
  readonly tracks: readonly LevelTrack[];
  /** Bytes of payloads in flight; null: nothing says how large they are. */
  readonly memory: LevelTrack | null;
  /** What every stage had before it at any instant. */
  readonly lookup: StateLookup;
  private readonly trace: Trace;
  private readonly pipeline: Pipeline;
  private readonly progress: Progress | null;
  private builtStates: readonly StateTrack[] | null = null;

  /** @param progress of a run that goes on; null: the trace is whole. */
  constructor(trace: Trace, pipeline: Pipeline, progress: Progress | null) {
    this.trace = trace;
    this.pipeline = pipeline;
    this.progress = progress;
    this.tracks = queueTracks(
      trace,
      inletsOf(trace, pipeline),
      waitingNow(trace, pipeline, progress),
    );
    const { memory } = pipeline.machine;
    const limits = memory && { budget: memory.budget, mark: memory.budget * memory.highWater };
    const track = memoryTrack(trace, limits);
    this.memory = track.max > 0 ? track : null;
    this.lookup = stateLookup(trace, this.queues);
  }

  /** What each stage did with its time, by stage index. */
  get states(): readonly StateTrack[] {
    const { trace, pipeline, progress, queues } = this;
    const knownMs = progress ? knownUntil(trace, progress) : undefined;
    return (this.builtStates ??= stateTracks(trace, pipeline, queues, knownMs));
  }

  private get queues() {
    return this.tracks.map(({ index }) => index.series);
  }
}

function inletsOf({ meta }: Trace, { stages }: Pipeline) {
  const byId = new Map(stages.map((stage) => [stage.id, stage]));
  const indexOf = new Map(meta.stages.map(({ id }, index) => [id, index]));
  const inlets = meta.stages.map(({ id }) => {
    const { after = [], buffer } = byId.get(id) ?? {};
    return {
      parents: after.flatMap((parent) => indexOf.get(parent) ?? []),
      throttles: buffer?.whenFull === 'throttle',
    };
  });
  return (stage: number) => inlets[stage]!;
}

/**
 * How many wait now, by the trace's stages: they stand as in the document, which may have been edited since
 * the run began. An `all` gathers whatever comes until its one task starts.
 */
function waitingNow(
  { meta }: Trace,
  { stages }: Pipeline,
  progress: Progress | null,
): number[] | undefined {
  if (!progress) return undefined;
  const { queued, running, trace } = progress;
  const places = new Map(trace.meta.stages.map(({ id }, place) => [id, place]));
  const joins = new Map(stages.map(({ id, join }) => [id, join]));
  return meta.stages.map(({ id }) => {
    const place = places.get(id);
    if (place === undefined) return 0;
    return joins.get(id) === 'all' && running[place] === 0 ? Infinity : (queued[place] ?? 0);
  });
}

/**
 * A task is in the trace only once it has ended: while some of a stage run or are blocked, what it did since
 * the last one left is not known yet.
 */
function knownUntil({ tasks, meta }: Trace, { trace, running, blocked }: Progress): number[] {
  const lastMs = meta.stages.map(() => 0);
  for (let row = 0; row < tasks.count; row++) {
    const stage = tasks.stage[row]!;
    lastMs[stage] = Math.max(lastMs[stage]!, tasks.leave[row]!);
  }
  const open = new Set(
    trace.meta.stages.flatMap(({ id }, at) => (running[at]! + blocked[at]! > 0 ? [id] : [])),
  );
  return meta.stages.map(({ id }, stage) => (open.has(id) ? lastMs[stage]! : meta.makespan));
}
