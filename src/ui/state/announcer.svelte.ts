const quietMs = 600;
/** Where there is never quiet, what was said first waits no longer than this. */
const patienceMs = 3000;
const keptMs = 4000;

/**
 * What is said to those who listen, in the page's one polite live region. Sentences said close to each
 * other are one announcement; of each topic only the last counts, so a drag ends in one of them.
 */
export class Announcer {
  text: string = $state('');
  private readonly waiting = new Map<string, string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private impatient: ReturnType<typeof setTimeout> | undefined;

  say(topic: string, sentence: string): void {
    if (this.waiting.size === 0) this.impatient = setTimeout(() => this.speak(), patienceMs);
    this.waiting.delete(topic);
    this.waiting.set(topic, sentence);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.speak(), quietMs);
  }

  private speak(): void {
    clearTimeout(this.timer);
    clearTimeout(this.impatient);
    this.text = Array.from(this.waiting.values(), withFullStop).join(' ');
    this.waiting.clear();
    // Emptied, so that the same words can be said again.
    this.timer = setTimeout(() => (this.text = ''), keptMs);
  }
}

const withFullStop = (sentence: string): string =>
  /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
