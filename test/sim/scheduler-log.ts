import type { Machine, TaskEnd } from '../../src/engine/machine.ts';
import type { Scheduler } from '../../src/engine/scheduler.ts';
import { TaskKind } from '../../src/engine/task-table.ts';
import { itemLabel } from '../../src/trace/item-label.ts';
import type { Trace } from '../../src/trace/types.ts';

/** What passed between a scheduler and its machine, in order. */
export type LogEntry = StartEntry | EndEntry | { what: 'timer'; text: string };

export interface StartEntry {
  what: 'start';
  /** Names the task: "resize:7 #2" is the second attempt of resize at item 7. */
  task: string;
  stage: string;
  worker: number;
  text: string;
}

export interface EndEntry {
  what: 'end';
  task: string;
  outcome: TaskEnd['outcome'];
  /** As in `TaskEnd`; null: all plain. */
  outputs: number[] | null;
  text: string;
}

/**
 * Listens on the line between a machine and its scheduler, changing nothing: commands to start, ends of tasks,
 * timers. `heard` is called after each; call before the machine prepares.
 */
export function logScheduler(
  machine: Machine & { readonly scheduler: Scheduler },
  trace: Pick<Trace, 'items' | 'meta'>,
  heard: (entry: LogEntry) => void,
): void {
  const { scheduler } = machine;
  const nameOf = (task: number): string => {
    const stage = scheduler.plan.stages[scheduler.taskStage(task)]!.id;
    const kind = scheduler.taskKind(task);
    const members = kind === TaskKind.all ? null : scheduler.taskMembers(task);
    const items = Array.from(members ?? [scheduler.taskItem(task)]);
    const labels = items.map((item) => itemLabel(trace, item)).join('+');
    return `${stage}:${labels} #${scheduler.taskAttempt(task)}`;
  };

  const start = machine.start.bind(machine);
  machine.start = (task, index, worker) => {
    const name = nameOf(task);
    const stage = scheduler.plan.stages[index]!.id;
    start(task, index, worker);
    heard({ what: 'start', task: name, stage, worker, text: `start ${name} on worker ${worker}` });
  };

  const taskEnded = scheduler.taskEnded.bind(scheduler);
  scheduler.taskEnded = (nowMs, task, end) => {
    const name = nameOf(task);
    const { outcome } = end;
    const outputs = end.outputs === null ? null : Array.from(end.outputs);
    taskEnded(nowMs, task, end);
    heard({ what: 'end', task: name, outcome, outputs, text: `end ${name} ${outcome}` });
  };

  const timerDue = scheduler.timerDue.bind(scheduler);
  scheduler.timerDue = (nowMs, timer) => {
    timerDue(nowMs, timer);
    heard({ what: 'timer', text: 'timer' });
  };
}

/**
 * What a trace says began when: an entry an instant, in order, with all that began then. Within an instant the
 * trace knows no order.
 */
export function startsByInstant(trace: Trace): string[] {
  const { tasks, members, meta } = trace;
  const instants = new Map<number, string[]>();
  for (let row = 0; row < tasks.count; row++) {
    if (tasks.worker[row]! < 0) continue;
    const from = tasks.memberStart[row]!;
    const items =
      from < 0
        ? [tasks.item[row]!]
        : Array.from({ length: tasks.memberCount[row]! }, (_, i) => members.item[from + i]!);
    const labels = items.map((item) => itemLabel(trace, item)).join('+');
    const name = `${meta.stages[tasks.stage[row]!]!.id}:${labels} #${tasks.attempt[row]} on ${tasks.worker[row]}`;
    const atMs = tasks.dispatch[row]!;
    instants.set(atMs, [...(instants.get(atMs) ?? []), name]);
  }
  return [...instants].sort(([a], [b]) => a - b).map(([, names]) => names.sort().join(', '));
}
