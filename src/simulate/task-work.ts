import type { ItemDraws, ServicePhase, StageService } from '../engine/service.ts';

/** What one task will do, drawn when it starts. Filled anew for every task in its row: a simulation makes no garbage. */
export interface TaskWork {
  /** In order: positive entries burn CPU, negative ones wait. ms. The first `count` are this task's. */
  segments: number[];
  count: number;
  /** Segments up to here set the stage up. */
  setupEnd: number;
  setupMs: number;
  waitedMs: number;
  /** The segment in which its code is compiled; -1: none. */
  coldAt: number;
}

export interface TaskToDraw {
  item: number;
  /** Of a batch; null: just the item. */
  members: Int32Array | null;
  attempt: number;
  overheadMs: number;
  setsUp: boolean;
  /** Cold code takes so much longer. */
  coldMs: number;
  serves: boolean;
}

export const noWork = (): TaskWork => ({
  segments: [],
  count: 0,
  setupEnd: 0,
  setupMs: 0,
  waitedMs: 0,
  coldAt: -1,
});

/** Overhead, set-up and service of one task. Phases that cost nothing are left out. */
export function fillWork(
  work: TaskWork,
  draws: ItemDraws,
  service: StageService,
  task: TaskToDraw,
): void {
  work.count = 0;
  work.setupMs = 0;
  work.waitedMs = 0;
  work.coldAt = -1;
  const { item, members, attempt } = task;
  if (task.overheadMs > 0) work.segments[work.count++] = task.overheadMs;
  if (task.setsUp) addSetUp(work, draws, service, task);
  work.setupEnd = work.count;
  if (!task.serves) return;
  if (task.coldMs > 0) {
    work.coldAt = work.count;
    work.segments[work.count++] = task.coldMs;
  }
  for (let at = 0; at < service.phases.length; at++) {
    const phase = service.phases[at]!;
    const ms =
      members && phase.perItem
        ? sumOverMs(draws, phase, service, members, attempt, at)
        : draws.phaseMs(phase, service, item, attempt, at);
    if (phase.waits) work.waitedMs += ms;
    addSegment(work, phase, ms);
  }
}

/** `fillWork` of one item where nothing costs anything but one phase of CPU work: most tasks are such (2 % of a run). */
export function drawBare(
  work: TaskWork,
  draws: ItemDraws,
  service: StageService,
  item: number,
  attempt: number,
): void {
  const ms = draws.phaseMs(service.phases[0]!, service, item, attempt, 0);
  work.count = ms > 0 ? 1 : 0;
  work.segments[0] = ms;
  work.setupEnd = 0;
  work.setupMs = 0;
  work.waitedMs = 0;
  work.coldAt = -1;
}

function addSetUp(
  work: TaskWork,
  draws: ItemDraws,
  service: StageService,
  { item, attempt }: TaskToDraw,
): void {
  for (let at = 0; at < service.setup.length; at++) {
    const phase = service.setup[at]!;
    const ms = draws.setupMs(phase, service, item, attempt, at);
    work.setupMs += ms;
    addSegment(work, phase, ms);
  }
}

function sumOverMs(
  draws: ItemDraws,
  phase: ServicePhase,
  service: StageService,
  members: Int32Array,
  attempt: number,
  at: number,
): number {
  let ms = 0;
  for (let i = 0; i < members.length; i++) {
    ms += draws.phaseMs(phase, service, members[i]!, attempt, at);
  }
  return ms;
}

function addSegment(work: TaskWork, phase: ServicePhase, ms: number): void {
  if (ms > 0) work.segments[work.count++] = phase.waits ? -ms : ms;
}
