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
  /** It comes by itself, at any time: it stands over the page, so that nothing moves under anybody's hands. */
  floating?: boolean;
  /** It was put away by hand. */
  onDismiss?: () => void;
}

export const noWorkers =
  'This browser has no Web Workers, so pipelines can be edited and saved but neither predicted nor run: open the page in a current Chrome, Edge, Firefox or Safari.';

export const runsAlready = 'Something runs already: stop it first.';

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

  /** What came of an edit, over the page: the edit goes on where it was. */
  tell(severity: Message['severity'], text: string, until: () => boolean): void {
    this.add({ severity, text, until, floating: true });
  }

  /** Of this browser, not of what is done in it. */
  showLasting(severity: Message['severity'], text: string): void {
    this.add({ severity, text, lasting: true });
  }

  /** News that nobody asked for and that can wait. */
  float(text: string, more: Pick<Message, 'action' | 'onDismiss'> = {}): void {
    this.add({ severity: 'info', text, ...more, lasting: true, floating: true });
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
