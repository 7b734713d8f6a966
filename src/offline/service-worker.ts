import type { BuildFacts } from './build-facts.ts';
import { isolated } from './isolated.ts';
import { KeptFiles } from './kept-files.ts';
import { busyLock, takeOver } from './signals.ts';
import type { WorkerScope } from './worker-scope.ts';

/**
 * Answers for the page's own files: from what is kept, else from the network. A new version fetches its
 * files beside the old one's and waits until a tab tells it to take over, or no tab is left.
 */
export function serve(worker: WorkerScope, build: BuildFacts): void {
  const kept = new KeptFiles(build, worker.registration.scope);

  worker.addEventListener('install', (event) => {
    // Whoever saves data pays for what is used, when it is used.
    if (worker.navigator.connection?.saveData === true) return;
    event.waitUntil(kept.fill(whenNothingRuns));
  });
  worker.addEventListener('activate', (event) => {
    event.waitUntil(worker.clients.claim());
    event.waitUntil(letGo());
  });
  worker.addEventListener('message', ({ data }) => {
    if (data === takeOver) void worker.skipWaiting();
  });
  worker.addEventListener('fetch', (event) => {
    const { request } = event;
    if (request.method !== 'GET' || !request.url.startsWith(worker.registration.scope)) return;
    // Asked for by developer tools; only the browser can answer it.
    if (request.cache === 'only-if-cached' && request.mode !== 'same-origin') return;
    if (request.mode === 'navigate' && kept.isPage(request.url)) {
      event.respondWith(page(request));
      // A tab that was left may have been the last of an older version.
      event.waitUntil(letGo());
      event.waitUntil(leaveIfGone());
    } else event.respondWith(file(request));
  });

  async function page(request: Request): Promise<Response> {
    const answer = (await kept.page()) ?? (await kept.fetchKept(worker.registration.scope));
    return isolated(answer ?? (await fetch(request)));
  }

  async function file(request: Request): Promise<Response> {
    const { url } = request;
    const answer = (await kept.file(url)) ?? (await kept.fetchKept(url));
    return isolated(answer ?? (await fetch(request)));
  }

  /**
   * Whoever serves this address now may have no such worker: another program on the same port of a
   * reader's own machine, or a host that took it away to be rid of it. Then it must not answer for ever.
   */
  async function leaveIfGone(): Promise<void> {
    const url = new URL('service-worker.js', worker.registration.scope);
    const answer = await fetch(url, { method: 'HEAD', cache: 'no-store' }).catch(() => null);
    // No answer means no connection. Some servers give a page for whatever they do not have.
    const isGone =
      answer !== null &&
      ([404, 410].includes(answer.status) ||
        answer.headers.get('Content-Type')?.startsWith('text/html') === true);
    if (!isGone) return;
    await worker.registration.unregister();
    await kept.letGoOfAll();
  }

  async function letGo(): Promise<void> {
    const { waiting, installing } = worker.registration;
    // A version that is on its way has a cache too, and no tab yet.
    if (waiting === null && installing === null) await kept.letGoOfOlder().catch(() => null);
  }
}

/** Fetching would take the time of what is being measured. */
async function whenNothingRuns(): Promise<void> {
  await navigator.locks.request(busyLock, () => null);
}
