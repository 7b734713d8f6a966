import type { LogLine } from '../../engine/runner.ts';
import { limits, type FrameFailure, type FromFrame } from '../border.ts';

/** Gathers what is told to the page besides the trace, so that a flood costs a few messages a second. */
export class Reporter {
  readonly #post: (message: FromFrame) => void;
  #failures: FrameFailure[] = [];
  #failuresTold = 0;
  #failuresOmitted = 0;
  #lines: LogLine[] = [];
  #linesTold = 0;
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
    if (this.#linesTold > limits.logLines) return;
    this.#linesTold++;
    const isLast = this.#linesTold > limits.logLines;
    if (isLast) this.notice(`Only the first ${limits.logLines} lines of the log are kept.`);
    else this.#lines.push(line);
  }

  /** Each sentence is told once. */
  notice(text: string): void {
    if (this.#notices.has(text) || this.#notices.size >= limits.notices) return;
    this.#notices.add(text);
    this.#post({ type: 'notice', text });
  }

  flush(): void {
    if (this.#failures.length > 0 || this.#failuresOmitted > 0) {
      this.#post({ type: 'failures', failures: this.#failures, omitted: this.#failuresOmitted });
      this.#failures = [];
      this.#failuresOmitted = 0;
    }
    if (this.#lines.length > 0) {
      this.#post({ type: 'log', lines: this.#lines });
      this.#lines = [];
    }
  }
}
