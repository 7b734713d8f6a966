import type { TrialOutcome, TrialRequest, TrialRun } from '../../explore/trials.ts';
import type { App } from '../state/app.svelte.ts';
import { spareTrials } from '../state/spare-trials.svelte.ts';

/** Trials whose answers are wanted for as long as nothing newer is: a newer request stops the older one. */
export class LatestTrials {
  working = $state(false);
  private run: TrialRun | null = null;
  private turn = 0;
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
  }

  /**
   * All outcomes, in the order of the requests, each of which has one machine.
   * @returns null: something newer was asked for, or it was stopped
   */
  async of(requests: readonly TrialRequest[]): Promise<TrialOutcome[][] | null> {
    const turn = this.begin();
    this.working = true;
    try {
      const pool = await spareTrials(this.app);
      const outcomes: TrialOutcome[][] = [];
      for (const request of requests) {
        if (turn !== this.turn) return null;
        this.run = pool.run(request);
        const found = await this.run.done;
        if (found === null || turn !== this.turn) return null;
        outcomes.push(found);
      }
      return outcomes;
    } finally {
      if (turn === this.turn) this.stop();
    }
  }

  stop(): void {
    this.begin();
    this.working = false;
  }

  private begin(): number {
    this.run?.stop();
    this.run = null;
    return ++this.turn;
  }
}
