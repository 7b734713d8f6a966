import { formatMs } from '../base/units.ts';
import type { Pipeline } from '../pipeline/types.ts';
import type { Trace } from '../trace/types.ts';
import { runningLevels } from './concurrency.ts';
import { quantileSorted } from './distribution.ts';
import { signInterval } from './sign-interval.ts';

/** What targets are compared with, of one run. */
export interface TargetTimes {
  /** The makespan, ms. */
  totalMs: number;
  /**
   * By stage id: ms of the makespan during which the stage was at work, that is at least one of its tasks
   * was in a worker, set-up included. Waiting, and being blocked by what follows, is not the stage's own
   * time; several tasks at once count once, so that more permits or workers can meet a target.
   */
  stagesMs: Record<string, number>;
}

export function targetTimes(trace: Trace): TargetTimes {
  const running = runningLevels(trace);
  const stagesMs: Record<string, number> = {};
  trace.meta.stages.forEach(({ id }, stage) => {
    const { time, value } = running[stage]!;
    let ms = 0;
    for (let step = 0; step + 1 < time.length; step++) {
      if (value[step]! > 0) ms += time[step + 1]! - time[step]!;
    }
    stagesMs[id] = ms;
  });
  return { totalMs: trace.meta.makespan, stagesMs };
}

export type TargetOutcome = 'stretch met' | 'met' | 'missed' | 'not measured';

/** One line: the whole run, or a stage, against what was wanted and what was hoped for. */
export interface TargetVerdict {
  /** Stage id; null: the whole run. */
  stage: string | null;
  /** "Total", or what the stage is called. */
  name: string;
  targetMs: number | null;
  stretchMs: number | null;
  /** Median over the runs; NaN where there were none. */
  measuredMs: number;
  /** 95 % interval of that median, from 6 runs on; null: there were too few. */
  interval: { lowMs: number; highMs: number } | null;
  /** By the median. With only a stretch target, missing it is "missed". */
  outcome: TargetOutcome;
  /** What decides (the target if there is one) − measured; below 0: so much too long. */
  marginMs: number;
  /** The interval contains what decides: another series of runs may end otherwise. */
  isClose: boolean;
  /** For a person: "Tests missed its target: 163 ms at work, 13 ms over 150 ms." */
  sentence: string;
}

/** The lines that have a target or a stretch target: the total first, then the stages in their order. */
export function judgeTargets(
  { targets, stages }: Pick<Pipeline, 'targets' | 'stages'>,
  runs: readonly TargetTimes[],
): TargetVerdict[] {
  const lines = [
    { stage: null, name: 'Total', wanted: targets.total, times: runs.map((run) => run.totalMs) },
    ...stages.map(({ id, name }) => ({
      stage: id,
      name,
      wanted: targets.stages[id] ?? {},
      times: runs.flatMap((run) => run.stagesMs[id] ?? []),
    })),
  ];
  return lines
    .filter(({ wanted }) => wanted.target !== undefined || wanted.stretch !== undefined)
    .map(({ stage, name, wanted, times }) =>
      judgeTarget(stage, name, wanted.target ?? null, wanted.stretch ?? null, times),
    );
}

function judgeTarget(
  stage: string | null,
  name: string,
  targetMs: number | null,
  stretchMs: number | null,
  times: readonly number[],
): TargetVerdict {
  const sorted = Float64Array.from(times).sort();
  const measuredMs = times.length === 0 ? NaN : quantileSorted(sorted, 0.5);
  const [lowMs, highMs] = signInterval(sorted, 0.05);
  const interval = Number.isFinite(highMs) ? { lowMs, highMs } : null;
  const isMet = (wantedMs: number | null): boolean => wantedMs !== null && measuredMs <= wantedMs;
  const outcome: TargetOutcome =
    times.length === 0
      ? 'not measured'
      : isMet(stretchMs) && (targetMs === null || isMet(targetMs))
        ? 'stretch met'
        : isMet(targetMs)
          ? 'met'
          : 'missed';
  const what = targetMs === null || outcome === 'stretch met' ? 'stretch target' : 'target';
  // A line has one of the two at least.
  const decidesMs = (what === 'target' ? targetMs : stretchMs)!;
  const isClose = interval !== null && interval.lowMs <= decidesMs && decidesMs <= interval.highMs;
  const facts = { stage, name, targetMs, stretchMs, measuredMs, interval, outcome };
  const verdict = { ...facts, marginMs: decidesMs - measuredMs, isClose };
  return { ...verdict, sentence: sentenceOf(verdict, what, decidesMs) };
}

function sentenceOf(
  { stage, name, measuredMs, outcome, marginMs, isClose }: Omit<TargetVerdict, 'sentence'>,
  what: string,
  decidesMs: number,
): string {
  if (outcome === 'not measured') return `${name}: not measured yet.`;
  const time = `${formatMs(measuredMs)}${stage === null ? '' : ' at work'}`;
  const close = isClose ? ' That is within what runs differ by.' : '';
  if (outcome === 'missed') {
    return `${name} missed its ${what}: ${time}, ${formatMs(-marginMs)} over ${formatMs(decidesMs)}.${close}`;
  }
  const room = marginMs > 0 ? `${formatMs(marginMs)} under ${formatMs(decidesMs)}` : 'exactly that';
  return `${name} met its ${what}: ${time}, ${room}.${close}`;
}
