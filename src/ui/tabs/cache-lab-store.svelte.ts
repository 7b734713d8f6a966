import type { LabRequest, LabResult } from '../../explore/cache-lab.ts';
import type { CacheLab } from '../services.ts';

/** A knob that is still moving is waited for. */
const restMs = 250;

/** One replay after the other, as the reader turns the knobs; the last one's curves stay until the next are there. */
export class CacheLabStore {
  result: LabResult | null = $state.raw(null);
  /** Share of the replay that is done; null: none is under way. */
  progress: number | null = $state(null);
  problem: string | null = $state(null);
  /** It was stopped before it was done. */
  isStopped = $state(false);

  private lab: CacheLab | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Of the latest request: what an older one brings comes too late. */
  private number = 0;
  private readonly load: () => Promise<CacheLab>;

  constructor(load: () => Promise<CacheLab>) {
    this.load = load;
  }

  /** Replays, as soon as nothing newer is asked for. */
  request(make: () => Promise<LabRequest>): void {
    const mine = ++this.number;
    clearTimeout(this.timer);
    this.lab?.stop();
    this.progress = 0;
    this.isStopped = false;
    this.timer = setTimeout(() => void this.replay(mine, make), restMs);
  }

  stop(): void {
    this.number++;
    clearTimeout(this.timer);
    this.lab?.stop();
    this.isStopped = this.progress !== null;
    this.progress = null;
  }

  private async replay(mine: number, make: () => Promise<LabRequest>): Promise<void> {
    try {
      const [lab, request] = await Promise.all([this.lab ?? this.load(), make()]);
      this.lab = lab;
      if (mine !== this.number) return;
      const result = await lab.run(request, (share) => {
        if (mine === this.number) this.progress = share;
      });
      if (mine !== this.number || result === null) return;
      this.result = result;
      this.problem = null;
    } catch (error) {
      if (mine !== this.number) return;
      this.problem = error instanceof Error ? error.message : String(error);
    }
    this.progress = null;
  }
}
