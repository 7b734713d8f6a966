/** What happened on the page, in order: `atMs` is the page's own clock. */
export type KnobLog = {
  /** The slider moved; the simulator was asked; its answer came; the page has done all it does with it. */
  kind: 'input' | 'asked' | 'answered' | 'shown';
  atMs: number;
  /** Of an answer: how long simulating took, ms. */
  tookMs: number;
  /** Of what was shown: how often the schedule was painted since the answer. */
  painted: number;
}[];

/**
 * Runs in the page before its own scripts: follows a knob's steps from outside, by the browser's own calls.
 * Everything that an answer leads to happens between the first and the last listener of its message: what is
 * left to microtasks, as Svelte's updates are, runs before the next listener is called.
 */
export function watchKnob(): void {
  const log: KnobLog = [];
  let painted = 0;
  const note = (kind: KnobLog[number]['kind'], tookMs = 0): void => {
    log.push({ kind, atMs: performance.now(), tookMs, painted });
  };
  Object.assign(globalThis, { knobLog: () => log });

  const isSimulation = (message: unknown): boolean =>
    (message as { path?: string[] } | null)?.path?.[0] === 'simulate';
  const followed = new WeakSet<Worker>();
  const Native = globalThis.Worker;
  globalThis.Worker = class Followed extends Native {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      if (options?.name !== 'simulator') return;
      this.addEventListener('message', ({ data }: MessageEvent) => {
        painted = 0;
        note('answered', (data as { value?: { tookMs?: number } }).value?.tookMs ?? 0);
      });
    }
    override postMessage(message: unknown, options?: StructuredSerializeOptions | Transferable[]) {
      if (isSimulation(message)) {
        note('asked');
        // By now whoever talks to the worker listens; this one comes after.
        if (!followed.has(this)) this.addEventListener('message', () => note('shown'));
        followed.add(this);
      }
      super.postMessage(message, options as StructuredSerializeOptions);
    }
  };

  const { clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    if (this.canvas.getAttribute('aria-label')?.startsWith('Schedule')) painted++;
    clearRect.apply(this, box);
  };
  addEventListener('input', ({ target }) => target instanceof HTMLInputElement && note('input'), {
    capture: true,
  });
}
