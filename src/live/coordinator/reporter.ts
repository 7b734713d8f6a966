import type { LogLine } from '../../engine/runner.ts';
import { limits, type FrameFailure, type FrameStray, type FromFrame } from '../border.ts';

/** Gathers what is told to the page besides the trace, so that a flood costs a few messages a second. */
export class Reporter {
  readonly #post: (message: FromFrame) => void;
  #failures: FrameFailure[] = [];
  #failuresTold = 0;
  #failuresOmitted = 0;
  #lines: LogLine[] = [];
  #linesKept = 0;
  #linesOmitted = 0;
  #omittedTold = 0;
  readonly #strays = new Set<string>();
  readonly #notices = new Set<string>();

  constructor(post: (message: FromFrame) => void) {
    this.#post = post;
  }

  failure(make: () => FrameFailure): void {
    if (this.#failuresTold >= limits.failures) {
      this.#failuresOmitted++;
      return;
    }
    this.#failuresTold++;
    this.#failures.push(make());
  }

  log(line: LogLine): void {
    if (this.#linesKept === limits.logLines) this.#linesOmitted++;
    else {
      this.#linesKept++;
      this.#lines.push(line);
    }
  }

  /** Thrown where no task could catch it; the same thing from the same place is told once. */
  stray(stray: FrameStray): void {
    const { message, stage, place } = stray;
    const name = `${stage} ${place?.line} ${message}`;
    if (this.#strays.has(name) || this.#strays.size >= limits.strays) return;
    this.#strays.add(name);
    this.#post({ type: 'stray', stray });
  }

  /** Each sentence is told once. */
  notice(text: string): void {
    if (this.#notices.has(text) || this.#notices.size >= limits.notices) return;
    this.#notices.add(text);
    this.#post({ type: 'notice', text });
  }

  /** @param linesOmitted lines of the log that never came here. */
  flush(linesOmitted: number): void {
    if (this.#failures.length > 0 || this.#failuresOmitted > 0) {
      this.#post({ type: 'failures', failures: this.#failures, omitted: this.#failuresOmitted });
      this.#failures = [];
      this.#failuresOmitted = 0;
    }
    const omitted = this.#linesOmitted + linesOmitted;
    if (this.#lines.length > 0 || omitted > this.#omittedTold) {
      this.#post({ type: 'log', lines: this.#lines, omitted });
      this.#lines = [];
      this.#omittedTold = omitted;
    }
  }
}
