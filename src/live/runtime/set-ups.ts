import { OwnMap } from '../own-collections.ts';
import { asPromise, isThenable, NativePromise, nowMs, onSettled } from './builtins.ts';
import { abortReason, type OpenTask } from './open-task.ts';
import { runSegments } from './segments.ts';

interface SetUp {
  /** The declared phases: ms; negative: waits. */
  segments: number[];
  state: 'under way' | 'done' | 'abandoned';
  /** What the stage's `setup()` gave. */
  value: unknown;
  /** Of the tasks that wait for it: go on, whatever came of it. */
  waiting: (() => void)[];
}

/** What a task does next. */
export interface AfterSetUp {
  serve(task: OpenTask, value: unknown): void;
  fail(task: OpenTask, error: unknown): void;
}

/**
 * Which stages are set up in this worker. A task that was told to does it; the others of its stage wait. If
 * it fails, or is given up meanwhile, nobody has set the stage up: the next of them does it anew.
 */
export class SetUps {
  turnsPerMs = 0;
  readonly #stages = new OwnMap<number, SetUp>();
  readonly #ownOf: (stage: number) => (() => unknown) | null;
  readonly #after: AfterSetUp;

  /** @param ownOf the `setup()` that a stage's code exports, if any. */
  constructor(ownOf: (stage: number) => (() => unknown) | null, after: AfterSetUp) {
    this.#ownOf = ownOf;
    this.#after = after;
  }

  /** No stage has been set up. */
  clear(): void {
    this.#stages.clear();
  }

  /** Sees that the stage of a task is set up, then serves the task. */
  before(task: OpenTask): void {
    const { stage, setup } = task.wire;
    const known = this.#stages.get(stage);
    const segments = setup ?? (known?.state === 'abandoned' ? known.segments : null);
    if (segments) this.#setUpFor(task, segments);
    else if (known?.state === 'under way') this.#waitFor(known, task);
    else this.#after.serve(task, known?.value);
  }

  #setUpFor(task: OpenTask, segments: number[]): void {
    const waiting: (() => void)[] = [];
    onSettled(
      this.run(task, segments, this.#ownOf(task.wire.stage), waiting),
      (value) => {
        task.setupMs = nowMs() - task.startMs;
        this.#after.serve(task, value);
        callAll(waiting);
      },
      (error) => {
        task.setupMs = nowMs() - task.startMs;
        // Before anything else can begin: the next of them sets the stage up.
        callAll(waiting);
        this.#after.fail(task, error);
      },
    );
  }

  /** Its signal ends the wait, like any other. */
  #waitFor(setUp: SetUp, task: OpenTask): void {
    let waits = true;
    const goOn = () => {
      if (!waits) return;
      waits = false;
      task.setupMs = nowMs() - task.startMs;
      if (task.isAborted) this.#after.fail(task, abortReason());
      else this.before(task);
    };
    setUp.waiting[setUp.waiting.length] = goOn;
    task.onAbort(goOn);
  }

  /** Runs the declared phases, then `own`; resolves with what that gave. */
  run(
    task: OpenTask,
    segments: number[],
    own: (() => unknown) | null,
    waiting: (() => void)[] = [],
  ): Promise<unknown> {
    const setUp: SetUp = { segments, state: 'under way', value: undefined, waiting };
    this.#stages.set(task.wire.stage, setUp);
    return new NativePromise((resolve, reject) => {
      const done = (value: unknown): void => {
        setUp.value = value;
        setUp.state = 'done';
        resolve(value);
      };
      const abandon = (error: unknown): void => {
        setUp.state = 'abandoned';
        reject(error);
      };
      const callOwn = (): void => {
        if (task.isAborted) return abandon(abortReason());
        task.hasThread(true);
        try {
          const value = own?.();
          if (isThenable(value)) onSettled(asPromise(value), done, abandon);
          else done(value);
        } catch (error) {
          abandon(error);
        }
        task.hasThread(false);
      };
      const phases = new NativePromise((over) => {
        runSegments(task, segments, this.turnsPerMs, () => over(undefined));
      });
      // A turn later even without phases: meanwhile tasks that came along find it under way, and wait their turn.
      onSettled(phases, callOwn, abandon);
    });
  }
}

function callAll(waiting: readonly (() => void)[]): void {
  for (let i = 0; i < waiting.length; i++) waiting[i]!();
}
