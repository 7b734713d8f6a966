/**
 * What of a service worker's global scope is used here. The compiler's own description of it cannot
 * stand in one program with that of the page.
 */
export interface WorkerScope {
  readonly registration: {
    readonly scope: string;
    readonly waiting: unknown;
    readonly installing: unknown;
    unregister(): Promise<boolean>;
  };
  readonly clients: { claim(): Promise<void> };
  readonly navigator: Navigator & { readonly connection?: { readonly saveData?: boolean } };
  skipWaiting(): Promise<void>;
  addEventListener(kind: 'install' | 'activate', take: (event: LongEvent) => void): void;
  addEventListener(kind: 'fetch', take: (event: FetchEvent) => void): void;
  addEventListener(kind: 'message', take: (event: MessageEvent) => void): void;
}

/** The worker is not put to sleep before what it waits for is over. */
interface LongEvent {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends LongEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
