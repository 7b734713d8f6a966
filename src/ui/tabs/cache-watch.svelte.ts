import { noMetrics, type CacheState } from '../../base/cache-facts.ts';
import type { CacheAdmin } from '../services.ts';

/** While a run goes on the cache is looked at four times a second: smooth to the eye, nothing to the store. */
const lookEveryMs = 250;

/** The cache of one document as it is now; looked at again and again while a run fills it. */
export class CacheWatch {
  /** null: not looked yet. */
  state: CacheState | null = $state.raw(null);
  private isLooking = false;
  private isAsked = false;
  private readonly cache: CacheAdmin;
  private readonly namespace: () => string;

  constructor(cache: CacheAdmin, namespace: () => string) {
    this.cache = cache;
    this.namespace = namespace;
  }

  /** Asked while it looks, it looks once more: what it finds may be older than what is asked about. */
  async look(): Promise<void> {
    this.isAsked = true;
    if (this.isLooking) return;
    this.isLooking = true;
    while (this.isAsked) {
      this.isAsked = false;
      this.state = await this.cache.state(this.namespace()).catch(refused);
    }
    this.isLooking = false;
  }

  /** Until the function it gives is called. */
  keepLooking(): () => void {
    const timer = setInterval(() => {
      if (!document.hidden) void this.look();
    }, lookEveryMs);
    return () => clearInterval(timer);
  }
}

const refused = (error: unknown): CacheState => ({
  entries: 0,
  bytes: 0,
  maxBytes: 0,
  metrics: noMetrics(),
  why: error instanceof Error ? error.message : String(error),
});
