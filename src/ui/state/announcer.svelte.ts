const quietMs = 600;
const keptMs = 4000;

/**
 * What is said to those who listen, in the page's one polite live region. Sentences said close to each
 * other are one announcement; of each topic only the last counts, so a drag ends in one of them.
 */
export class Announcer {
  text: string = $state('');
  private readonly waiting = new Map<string, string>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  say(topic: string, sentence: string): void {
    this.waiting.delete(topic);
    this.waiting.set(topic, sentence);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.speak(), quietMs);
  }

  private speak(): void {
    this.text = Array.from(this.waiting.values(), withFullStop).join(' ');
    this.waiting.clear();
    // Emptied, so that the same words can be said again.
    this.timer = setTimeout(() => (this.text = ''), keptMs);
  }
}

const withFullStop = (sentence: string): string =>
  /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
