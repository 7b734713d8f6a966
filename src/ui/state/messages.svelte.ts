export interface Message {
  id: number;
  severity: 'error' | 'warning' | 'info';
  text: string;
  /** One press that helps. */
  action?: { label: string; run: () => void };
}

/** Banners under the top bar: readable, dismissable, never in the way of the user's work. */
export class MessageStore {
  list: Message[] = $state.raw([]);
  private nextId = 1;

  /** The same sentence is not shown twice. */
  show(severity: Message['severity'], text: string, action?: Message['action']): void {
    const message: Message = { id: this.nextId++, severity, text, ...(action && { action }) };
    this.list = [...this.list.filter((m) => m.text !== text), message].slice(-4);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((m) => m.id !== id);
  }

  clear(): void {
    this.list = [];
  }
}
