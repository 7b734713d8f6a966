import { busyLock, pageLock, takeOver } from './signals.ts';

/** How often a page that stays open asks whether there is a newer version, ms. */
const askAgainMs = 60 * 60 * 1000;

export interface WorkerNews {
  /** Another version is there as a whole. `take` puts it in this one's place for the next load. */
  onNewVersion(take: () => Promise<void>): void;
  /** Another tab took the new version; this page goes on with the files of its own. */
  onReplaced(): void;
}

/**
 * Keeps the page's files in this browser: registers the service worker and tells what becomes of it.
 * @param version of this page.
 * @returns true: it answers for this page, or will from the next load on (a reload past all caches goes
 * past it too); false: it cannot (the browser refuses, or it or its files could not be had).
 */
export async function keepOffline(version: string, news: WorkerNews): Promise<boolean> {
  holdPage(version);
  const { serviceWorker } = navigator;
  let isTaking = false;
  let wasControlled = serviceWorker.controller !== null;
  serviceWorker.addEventListener('controllerchange', () => {
    // The first one comes to a page that had none; that is no news.
    if (wasControlled && !isTaking) news.onReplaced();
    wasControlled = true;
  });
  try {
    const registration = await serviceWorker.register('./service-worker.js', {
      updateViaCache: 'none',
    });
    const announce = (waiting: ServiceWorker): void =>
      news.onNewVersion(async () => {
        isTaking = true;
        const taken = once(serviceWorker, 'controllerchange');
        // Another tab may have let it take over by now, and then nothing more will happen.
        if (waiting.state === 'installed') {
          waiting.postMessage(takeOver);
          await taken;
        }
      });
    watch(registration, announce);
    askNowAndThen(registration);
    return await isInstalled(registration);
  } catch {
    return false;
  }
}

/** Background fetching waits until what this gives is called. */
export function holdBusy(): () => void {
  return hold(busyLock);
}

/** `ready` would wait for ever for one that could not be installed. */
function isInstalled({
  installing,
  waiting,
  active,
}: ServiceWorkerRegistration): boolean | Promise<boolean> {
  const first = installing ?? waiting;
  if (active !== null || first === null) return active !== null;
  return new Promise((resolve) => {
    const look = (): void => {
      if (first.state === 'activated') resolve(true);
      else if (first.state === 'redundant') resolve(false);
    };
    first.addEventListener('statechange', look);
    look();
  });
}

function watch(
  registration: ServiceWorkerRegistration,
  announce: (waiting: ServiceWorker) => void,
): void {
  if (registration.waiting && registration.active) announce(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      // Without an older one it does not wait.
      if (installing.state === 'installed' && registration.active) announce(installing);
    });
  });
}

function askNowAndThen(registration: ServiceWorkerRegistration): void {
  let askedMs = Date.now();
  const ask = (): void => {
    if (document.visibilityState === 'hidden' || Date.now() - askedMs < askAgainMs) return;
    askedMs = Date.now();
    // Without a connection there is nothing new.
    registration.update().catch(() => null);
  };
  document.addEventListener('visibilitychange', ask);
  setInterval(ask, askAgainMs);
}

/** The files of this version are kept for as long as this page is there. */
export const holdPage = (version: string): void => void hold(pageLock(version));

/** Shared with others that hold it; without web locks nobody waits. */
function hold(name: string): () => void {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  navigator.locks?.request(name, { mode: 'shared' }, () => held).catch(() => null);
  return () => release();
}

const once = (target: EventTarget, kind: string): Promise<unknown> =>
  new Promise((resolve) => target.addEventListener(kind, resolve, { once: true }));
