/** What is sent to a thread, and what comes back: plain data. */
export interface Task {
  /** Id of the stage. */
  stage: string;
  kind: 'item' | 'batch' | 'all' | 'fold-step' | 'fold-finish';
  /** The value; of a batch or an `all` the list of them. */
  input: unknown;
  /** Number of the first item, and what its draws descend from. */
  number: number;
  key: number;
  attempt: number;
  /** The same of every item of a batch; one entry otherwise. */
  members: { number: number; key: number }[];
}

/** What one item came to. */
export type Entry = { value: unknown } | { children: unknown[] } | { error: string };

/** `error`: the whole task failed; else one entry a member. */
export type Outcome = { error: string } | { entries: Entry[] };

/** Runs tasks somewhere. */
export interface Executor {
  /** Tasks that can run at once: the permits of a stage that has none of its own. */
  readonly slots: number;
  /** @throws WorkerLost when whoever ran it is gone. */
  run(task: Task): Promise<Outcome>;
}

/** The thread or process with the task is gone; the task may not be to blame. */
export class WorkerLost extends Error {}
