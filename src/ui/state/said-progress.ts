import type { Announcer } from './announcer.svelte.ts';

/** How often something that goes on says how far it is, ms. */
const everyMs = 8000;

/** Says how far something is that goes on, at a pace that can be listened to. */
export class SaidProgress {
  private lastMs = 0;
  private readonly announcer: Announcer;
  private readonly topic: string;

  constructor(announcer: Announcer, topic: string) {
    this.announcer = announcer;
    this.topic = topic;
  }

  /** @param sentence null: nobody asked for it, so only what takes its time says anything. */
  begin(sentence: string | null): void {
    this.lastMs = performance.now();
    if (sentence !== null) this.announcer.say(this.topic, sentence);
  }

  /** Heard only when nothing was for some seconds. */
  say(sentence: string): void {
    if (performance.now() - this.lastMs >= everyMs) this.begin(sentence);
  }
}
