import type { CacheSettings } from '../base/cache-port.ts';
import type { NotedCounter } from '../base/counter-port.ts';
import type { RunHandle, Runner, RunReport, RunRequest } from '../engine/runner.ts';
import type { PipelineCompiler } from './compile/compiler.ts';
import { RunSession } from './run-session.ts';
import { Sandboxes } from './sandbox/sandboxes.ts';

/** What the live machine needs of the world around it. */
export interface LiveParts {
  compiler: PipelineCompiler;
  /** The files of a shipped corpus. Rejects with a sentence. */
  corpus(name: string): Promise<readonly unknown[]>;
  /** A port to the cache, bound to this namespace. Whether storage is refused, it says itself. */
  openCache(namespace: string, settings: CacheSettings): Promise<MessagePort>;
  /** The same to this namespace's counters. */
  openCounters(namespace: string): Promise<MessagePort>;
  /**
   * For one run: writes down at once, for a page that is going, what its counters have come to; null takes
   * that back. Absent: what is not written then is lost.
   */
  noteCounters?(namespace: string): (counters: NotedCounter[] | null) => void;
  /** A sandbox that is not heard of for so long is taken for dead; absent: 30 s. */
  missedAfterMs?: number;
  /** A frame whose run does not end so long after Stop is removed; absent: 5 s. */
  stopPatienceMs?: number;
  /** Tell of workers that give no sign of life for so long; absent: 10 s. */
  silentAfterMs?: number;
  /** The sandbox of an experiment that has no run for so long is removed; absent: 2 s. */
  keepSandboxMs?: number;
  /** End workers that give no sign of life for so long; null (on the page): only offer it. ms. */
  killSilentAfterMs: number | null;
}

/** Runs pipelines on real workers in a sandbox. */
export class LiveRunner implements Runner {
  readonly #parts: LiveParts;
  readonly #sandboxes: Sandboxes;

  constructor(parts: LiveParts) {
    this.#parts = parts;
    this.#sandboxes = new Sandboxes(parts.keepSandboxMs);
  }

  run(request: RunRequest): RunHandle {
    const session = new RunSession(this.#parts, this.#sandboxes, request);
    const done: Promise<RunReport> = session.run();
    return {
      done,
      stop: () => session.stop(),
      kill: () => session.kill(),
      pause: () => session.pause(),
      resume: () => session.resume(),
      endWorker: (worker) => session.endWorker(worker),
    };
  }
}
