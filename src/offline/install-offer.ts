/** Not every browser has it, so the compiler does not know it. */
interface InstallPromptEvent extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

/** The browser's offer to install the page, kept until somebody asks for it. */
export class InstallOffer {
  #event: InstallPromptEvent | null = null;

  /** Call at once: the offer comes early, and only once. */
  constructor() {
    addEventListener('beforeinstallprompt', (event) => {
      // It does not push itself forward.
      event.preventDefault();
      this.#event = event as InstallPromptEvent;
    });
    addEventListener('appinstalled', () => (this.#event = null));
  }

  get isThere(): boolean {
    return this.#event !== null;
  }

  /** Must be called by a press of a key or button. true: it is being installed. */
  async take(): Promise<boolean> {
    const event = this.#event;
    this.#event = null;
    return event !== null && (await event.prompt()).outcome === 'accepted';
  }
}
