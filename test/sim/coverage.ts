import { Mark, Outcome } from '../../src/trace/types.ts';
import type { Case } from './arbitrary-case.ts';
import { isResultOf } from './visits.ts';
import type { WatchedRun } from './seen-run.ts';

/** What a run reached: settings that had an effect, faults that struck, things that happened. */
export function reached(found: Case, run: WatchedRun): Set<string> {
  const { pipeline, trace, plan } = run;
  const seen = new Set<string>();
  const note = (name: string, isSo: boolean): void => {
    if (isSo) seen.add(name);
  };
  const { machine } = pipeline;
  seen.add(`order ${machine.order}`);
  seen.add(`routing ${machine.routing}`);
  seen.add(`arrivals ${pipeline.source.arrivals.kind}`);
  seen.add(`ended ${trace.meta.ended}`);
  note('in flight bounded', machine.inFlight !== null);
  note('memory budget', machine.memory !== null);
  seen.add(`source ${pipeline.source.kind}`);
  note('several tasks a worker', machine.tasksPerWorker > 1);
  note('cores shared', plan.workers > plan.cores);
  note('workers started late', plan.warm === 0);
  note('some workers started late', plan.warm > 0 && plan.warm < plan.workers);
  note('overheads', found.overheads.startWorkerMs > 0);
  note('messages cost', !run.isToldAtOnce);
  note('bytes are copied', found.overheads.perByteMs > 0 && !run.isToldAtOnce);
  note('tasks sent ahead', run.sentAhead > 0);
  note('contention', found.overheads.contention > 0);
  const priorities = new Set(plan.stages.map(({ stage }) => stage.priority));
  note('priorities count', machine.order === 'priority' && priorities.size > 1);
  for (const { stage, join, children, parents, uses } of plan.stages) {
    if (parents.length > 1) seen.add(`join ${join} of several`);
    else if (join !== 'zip') seen.add(`join ${join} of one`);
    note('fork', children.length > 1);
    note('batches', stage.batch.size > 1);
    note('linger', stage.batch.size > 1 && (stage.batch.linger ?? 0) > 0);
    note('batch until full', stage.batch.linger === null);
    if (stage.work.kind === 'code') {
      const isCold = (stage.work.model?.cold ?? 0) > 0;
      seen.add(isCold ? 'cold code' : 'code');
      note('helpers', isCold && found.overheads.helperShare > 0);
    }
    if (stage.setup.phases.length > 0) seen.add(`set-up ${stage.setup.when}`);
    note('several units of a limit', uses.length === 1 && uses[0]!.weight > 1);
    note('several limits', uses.length > 1);
    const { phases } = stage.work.kind === 'synthetic' ? stage.work : stage.work.model!;
    for (const phase of phases) {
      const draw = 'wait' in phase ? phase.wait : phase.cpu;
      seen.add(`draw ${typeof draw === 'number' ? 'fixed' : Object.keys(draw)[0]!}`);
    }
    if (stage.buffer.capacity !== null) {
      seen.add(
        `buffer ${stage.buffer.whenFull} of ${stage.buffer.capacity === 0 ? 'none' : 'some'}`,
      );
    }
  }
  const { tasks, marks } = trace;
  const outcomes = Object.entries(Outcome);
  for (let row = 0; row < tasks.count; row++) {
    seen.add(`task ${outcomes.find(([, value]) => value === tasks.outcome[row])![0]}`);
    note('task blocked', tasks.leave[row]! > tasks.end[row]!);
    const { join, parents, batchSize, index } = plan.stages[tasks.stage[row]!]!;
    if (tasks.outcome[row] !== Outcome.ok) continue;
    if (parents.length > 1) seen.add(`task of ${join} of several`);
    note(`result of ${join}`, isResultOf(run, index, tasks.item[row]!));
    if (batchSize === 1 || join === 'all') continue;
    seen.add(tasks.memberCount[row]! < batchSize ? 'batch in part' : 'batch full');
  }
  for (const { change } of backOffs(run)) {
    if (change !== 0) seen.add(change < 0 ? 'back-off shortened' : 'back-off lengthened');
  }
  const kinds = Object.entries(Mark);
  for (let row = 0; row < marks.count; row++) {
    seen.add(`mark ${kinds.find(([, value]) => value === marks.kind[row])![0]}`);
  }
  note(
    'worker died while starting',
    run.starting.some(({ up, toMs }) => !up && toMs < Infinity),
  );
  note(
    'worker died idle',
    run.ups.some((up) => isIdleAtEnd(run, up)),
  );
  note(
    'task ran alone',
    run.tasks.some(({ alone }) => alone),
  );
  note(
    'task displaced',
    run.tasks.some(({ outcome }) => outcome === 'displaced'),
  );
  note(
    'look-up late',
    run.lookUps.some(({ askedMs, answeredMs }) => answeredMs > askedMs),
  );
  note('look-ups out of order', outOfOrder(run));
  const { faults } = found;
  if (!faults) seen.add('no faults');
  else {
    note('fault hang', faults.tasks.hang > 0);
    note('fault error', faults.tasks.error > 0);
    note('fault item error', faults.tasks.itemError > 0);
    note('fault slow worker', faults.workers.slow > 0 && faults.workers.slowFactor > 1);
    note('fault full cache', faults.cache.room !== null);
    note('fault refused write', faults.cache.refuse > 0);
    note('fault failed look-up', faults.cache.failLookUp > 0);
    note('fault source ends early', faults.source.failsAfter !== null);
    note('fault source late', faults.source.lateMs > 0);
  }
  return seen;
}

/** How much each pause before another attempt differs from the document's, ms. */
function backOffs({ plan, trace: { marks } }: WatchedRun): { change: number }[] {
  const tries = new Map<string, number>();
  const pauses: { change: number }[] = [];
  for (let row = 0; row < marks.count; row++) {
    if (marks.kind[row] !== Mark.backoff) continue;
    const stage = plan.stages[marks.stage[row]!]!;
    const name = `${stage.id}/${marks.item[row]}`;
    const count = tries.get(name) ?? 0;
    tries.set(name, count + 1);
    const toldMs = stage.backoffMs * stage.backoffFactor ** count;
    const change = marks.value[row]! - marks.time[row]! - toldMs;
    pauses.push({ change: Math.abs(change) < 1e-9 * (1 + marks.time[row]!) ? 0 : change });
  }
  return pauses;
}

function isIdleAtEnd(run: WatchedRun, up: { worker: number; toMs: number }): boolean {
  if (up.toMs === Infinity) return false;
  return !run.tasks.some(
    ({ worker, startMs, endMs }) => worker === up.worker && startMs <= up.toMs && endMs >= up.toMs,
  );
}

function outOfOrder({ lookUps }: WatchedRun): boolean {
  return lookUps.some((one, i) => i > 0 && one.askedMs < lookUps[i - 1]!.askedMs);
}

/** Everything that a thousand runs must reach: what stays away shows a hole in what is drawn. */
export const mustBeReached = [
  ...['fifo', 'lifo', 'priority', 'shortest', 'critical-path', 'downstream-first'].map(
    (order) => `order ${order}`,
  ),
  ...['shared-queue', 'round-robin', 'random', 'least-loaded', 'least-loaded-scan'].map(
    (routing) => `routing ${routing}`,
  ),
  ...['routing two-choices', 'routing affinity'],
  ...['all', 'uniform', 'poisson', 'bursts'].map((kind) => `arrivals ${kind}`),
  ...['ended done', 'ended stopped', 'ended failed'],
  ...['in flight bounded', 'memory budget', 'several tasks a worker', 'cores shared'],
  ...['code', 'cold code', 'helpers', 'contention', 'messages cost', 'bytes are copied'],
  'tasks sent ahead',
  ...['workers started late', 'overheads', 'fork', 'batches', 'linger', 'batch until full'],
  ...['join zip of several', 'join each of several', 'join all of several', 'join fold of several'],
  ...['join all of one', 'join fold of one', 'set-up task', 'set-up worker', 'set-up start'],
  ...['zip', 'each', 'all', 'fold'].map((join) => `task of ${join} of several`),
  ...[
    'result of all',
    'result of fold',
    'batch in part',
    'batch full',
    'some workers started late',
  ],
  ...['priorities count', 'several units of a limit', 'several limits'],
  ...['fixed', 'uniform', 'exponential', 'lognormal', 'pareto', 'empirical', 'perItem'].map(
    (kind) => `draw ${kind}`,
  ),
  ...['source count', 'source service', 'back-off shortened', 'back-off lengthened'],
  ...['throttle', 'drop-newest', 'drop-oldest', 'grow'].flatMap((whenFull) => [
    `buffer ${whenFull} of none`,
    `buffer ${whenFull} of some`,
  ]),
  ...Object.keys(Outcome).map((outcome) => `task ${outcome}`),
  ...Object.keys(Mark).map((mark) => `mark ${mark}`),
  ...['task blocked', 'task ran alone', 'task displaced', 'look-up late', 'look-ups out of order'],
  ...['worker died while starting', 'worker died idle', 'no faults', 'fault hang', 'fault error'],
  ...['fault item error', 'fault slow worker', 'fault full cache', 'fault refused write'],
  ...['fault failed look-up', 'fault source ends early', 'fault source late'],
];
