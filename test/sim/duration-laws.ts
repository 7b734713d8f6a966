import { ItemDraws, makeService, type StageService } from '../../src/engine/service.ts';
import { Outcome } from '../../src/trace/types.ts';
import type { Case } from './arbitrary-case.ts';
import { isResultOf, membersOf } from './visits.ts';
import type { WatchedRun } from './seen-run.ts';

/** Everything takes as long as the document says. */
export function durationLaws(run: WatchedRun, found: Case): string[] {
  return [
    ...servicesTakeWhatTheyDraw(run, found),
    ...codeIsCompiledOnce(run, found),
    ...stagesAreSetUpInTime(run),
    ...workersStartInTime(run, found),
  ];
}

/**
 * Where nothing is shared, slow or late, a task takes its set-up and the sum of its phases: those of the
 * whole task once, those an item for each of its items, of this attempt.
 */
function servicesTakeWhatTheyDraw(run: WatchedRun, found: Case): string[] {
  if (!isAlone(run, found)) return [];
  const { plan, trace } = run;
  for (const { row, stage, tookMs, servedMs } of wholeTasks(run)) {
    const { coldMs } = makeService(plan.stages[stage]!);
    const isRight = (ms: number): boolean =>
      Math.abs(tookMs - ms) <= 1e-6 * (1 + trace.tasks.end[row]!);
    if (!isRight(servedMs) && !isRight(servedMs + coldMs)) {
      return [`a task of ${plan.stages[stage]!.id} took ${tookMs} ms in place of ${servedMs} ms`];
    }
  }
  return [];
}

/** Nothing is shared, slow or late. */
function isAlone({ plan }: WatchedRun, { overheads, faults }: Case): boolean {
  const { startTaskMs, perByteMs, contention, helperShare } = overheads;
  const isShared = plan.workers > plan.cores || plan.tasksPerWorker > 1;
  const isBent = faults !== null && (faults.tasks.hang > 0 || faults.workers.slow > 0);
  return !isShared && !isBent && startTaskMs + perByteMs + contention + helperShare === 0;
}

/** Tasks that took all the time they had drawn, as far as the record tells. */
function wholeTasks(run: WatchedRun) {
  const { plan, trace } = run;
  const { tasks } = trace;
  const draws = new ItemDraws(plan, trace.items);
  const services = plan.stages.map(makeService);
  const whole: { row: number; stage: number; tookMs: number; servedMs: number }[] = [];
  for (let row = 0; row < tasks.count; row++) {
    const stage = plan.stages[tasks.stage[row]!]!;
    const outcome = tasks.outcome[row];
    const isWhole =
      outcome === Outcome.ok || outcome === Outcome.failed || outcome === Outcome.retried;
    if (!isWhole || tasks.worker[row]! < 0) continue;
    // What a time-out ends is over before, and may be tried again.
    if (stage.stage.timeout !== null && outcome !== Outcome.ok) continue;
    // The finish of a fold costs nothing; a fold fails with a worker that died, too.
    if (stage.join === 'fold' && (outcome !== Outcome.ok || isResult(run, row))) continue;
    if (outcome !== Outcome.ok && run.ups.some(({ toMs }) => toMs === tasks.end[row])) continue;
    const service = services[stage.index]!;
    const items = stage.join === 'all' ? null : membersOf(run, row).map(({ item }) => item);
    const servedMs = serviceMs(draws, service, tasks.item[row]!, items, tasks.attempt[row]!);
    const tookMs = tasks.end[row]! - tasks.dispatch[row]! - tasks.setup[row]!;
    whole.push({ row, stage: stage.index, tookMs, servedMs });
  }
  return whole;
}

/** The first task that runs a stage's code on a worker takes as long as compiling it longer, and no other. */
function codeIsCompiledOnce(run: WatchedRun, found: Case): string[] {
  const { plan, trace, ups } = run;
  const { tasks } = trace;
  const coldStages = plan.stages.map(makeService).filter(({ coldMs }) => coldMs > 0);
  if (coldStages.length === 0 || !isAlone(run, found)) return [];
  const whole = new Map(wholeTasks(run).map((task) => [task.row, task]));
  // One task is open at a time.
  const inOrder = Array.from({ length: tasks.count }, (_, row) => row).sort(
    (a, b) => tasks.dispatch[a]! - tasks.dispatch[b]! || tasks.end[a]! - tasks.end[b]!,
  );
  for (const { index, coldMs } of coldStages) {
    const { id } = plan.stages[index]!;
    for (const { worker, fromMs, toMs } of ups) {
      // What began at that very instant may have begun on the worker before.
      if (ups.some((other) => other.worker === worker && other.toMs === fromMs)) continue;
      let ran: 'never' | 'perhaps' | 'yes' = 'never';
      for (const row of inOrder) {
        const isHere = tasks.worker[row] === worker && tasks.stage[row] === index;
        if (!isHere || tasks.dispatch[row]! < fromMs || tasks.end[row]! > toMs) continue;
        const task = whole.get(row);
        if (!task) {
          const isSetUpOnly = tasks.end[row]! - tasks.dispatch[row]! - tasks.setup[row]! <= 0;
          if (ran === 'never' && !isSetUpOnly) ran = 'perhaps';
          continue;
        }
        const isLonger = task.tookMs - task.servedMs > coldMs / 2;
        if (ran === 'yes' && isLonger) return [`${id} was compiled again on worker ${worker}`];
        if (ran === 'never' && !isLonger) return [`${id} was never compiled on worker ${worker}`];
        ran = 'yes';
      }
    }
  }
  return [];
}

const isResult = (run: WatchedRun, row: number): boolean =>
  isResultOf(run, run.trace.tasks.stage[row]!, run.trace.tasks.item[row]!);

function serviceMs(
  draws: ItemDraws,
  service: StageService,
  first: number,
  items: number[] | null,
  attempt: number,
): number {
  let totalMs = 0;
  service.phases.forEach((phase, at) => {
    for (const item of phase.perItem && items ? items : [first]) {
      totalMs += draws.phaseMs(phase, service, item, attempt, at);
    }
  });
  return totalMs;
}

/** Set up for every task, or once a worker by the first that needs it, or not by tasks at all. */
function stagesAreSetUpInTime(run: WatchedRun): string[] {
  const { tasks } = run.trace;
  for (const { index, id, stage } of run.plan.stages) {
    const { phases, when } = stage.setup;
    const own = Array.from({ length: tasks.count }, (_, row) => row).filter(
      (row) => tasks.stage[row] === index && tasks.worker[row]! >= 0,
    );
    const done = own.filter((row) => tasks.outcome[row] === Outcome.ok);
    const without = done.filter((row) => tasks.setup[row] === 0);
    if (when === 'start' || phases.length === 0) {
      if (without.length < done.length) return [`${id} was set up by a task`];
    } else if (when === 'task') {
      if (without.length > 0) return [`a task of ${id} was not set up`];
    } else {
      const wrong = workersAreSetUpOnce(run, own);
      if (wrong !== '') return [`${wrong}, stage ${id}`];
    }
  }
  return [];
}

/** @param rows of one stage. */
function workersAreSetUpOnce(run: WatchedRun, rows: readonly number[]): string {
  const { tasks } = run.trace;
  for (const up of run.ups) {
    const { worker, fromMs, toMs } = up;
    // What began at that very instant may have begun on the worker before.
    if (run.ups.some((other) => other.worker === worker && other.toMs === fromMs)) continue;
    const here = rows.filter(
      (row) =>
        tasks.worker[row] === worker && tasks.dispatch[row]! >= fromMs && tasks.end[row]! <= toMs,
    );
    const done = here.filter((row) => tasks.outcome[row] === Outcome.ok);
    // Several may have been open while one of them set the stage up: those waited for it.
    const readyMs = Math.min(...done.map((row) => tasks.end[row]!));
    const isSetUp = (row: number): boolean => tasks.setup[row]! > 0;
    if (done.some((row) => tasks.dispatch[row]! > readyMs && isSetUp(row))) {
      return `worker ${worker} was set up twice`;
    }
    if (done.length > 0 && !here.some(isSetUp)) return `worker ${worker} was never set up`;
  }
  return '';
}

/** A worker that starts while the clock runs is up when it and all stages are set up on it. */
function workersStartInTime({ plan, starting }: WatchedRun, { overheads }: Case): string[] {
  let setUpMs = 0;
  for (const { stage } of plan.stages) {
    if (stage.setup.when !== 'start') continue;
    for (const phase of stage.setup.phases) {
      const draw = 'wait' in phase ? phase.wait : phase.cpu;
      if (typeof draw !== 'number') return [];
      setUpMs += draw;
    }
  }
  const expectedMs = overheads.startWorkerMs + setUpMs;
  for (const { worker, fromMs, toMs, up } of starting) {
    // What was there before the clock took no time of it.
    if (!up || (fromMs === 0 && toMs === 0)) continue;
    if (Math.abs(toMs - fromMs - expectedMs) > 1e-9 * (1 + toMs)) {
      return [`worker ${worker} took ${toMs - fromMs} ms to start, not ${expectedMs} ms`];
    }
  }
  return [];
}
