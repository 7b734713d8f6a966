export interface Message {
  id: number;
  severity: 'error' | 'warning' | 'info';
  text: string;
  /** One press that helps. */
  action?: { label: string; run: () => void };
  /** Reactive: what it complains of is mended or undone, so it goes away. */
  until?: () => boolean;
  /** Stays true until dismissed: a new run or document does not clear it. */
  lasting?: boolean;
}

export const noWorkers =
  'This browser has no Web Workers, so pipelines can be edited and saved but neither predicted nor run: open the page in a current Chrome, Edge, Firefox or Safari.';

/**
 * Banners under the top bar: readable, dismissable, never in the way of the user's work. What is said of
 * one action stands together; the next thing said takes its place.
 */
export class MessageStore {
  list: Message[] = $state.raw([]);
  private nextId = 1;
  /** What is said now is still of the same action. */
  private sameAction = false;

  /** The same sentence is not shown twice. */
  show(
    severity: Message['severity'],
    text: string,
    action?: Message['action'],
    until?: Message['until'],
  ): void {
    this.add({ severity, text, ...(action && { action }), ...(until && { until }) });
  }

  /** Of this browser, not of what is done in it. */
  showLasting(severity: Message['severity'], text: string): void {
    this.add({ severity, text, lasting: true });
  }

  private add(of: Omit<Message, 'id'>): void {
    const message: Message = { id: this.nextId++, ...of };
    const { text } = of;
    if (!this.sameAction && !of.lasting) {
      this.clear();
      this.sameAction = true;
      setTimeout(() => (this.sameAction = false));
    }
    this.list = [...this.list.filter((m) => m.text !== text), message].slice(-4);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((m) => m.id !== id);
  }

  clear(): void {
    this.list = this.list.filter(({ lasting }) => lasting);
  }
}
