import { versionMeta, type BuildFacts, type FileFact } from './build-facts.ts';
import { pageLock } from './signals.ts';

const cachePrefix = 'millrace-files-';

/**
 * The files of one version of the page, in a cache of their own. Whatever is kept was compared with the
 * digest that the build took of it: half a deployment, or a host that answers with another page, is
 * never kept.
 */
export class KeptFiles {
  readonly #build: BuildFacts;
  readonly #pageUrl: string;
  readonly #byUrl: ReadonlyMap<string, FileFact>;
  /** Nothing is to be kept any more. */
  #isOver = false;

  /** @param scope the page's address, with a slash at its end. */
  constructor(build: BuildFacts, scope: string) {
    this.#build = build;
    this.#pageUrl = scope;
    this.#byUrl = new Map(build.files.map((file) => [new URL(file.path, scope).href, file]));
  }

  /** Of whichever address: that of the page itself has two names. */
  isPage(url: string): boolean {
    const { origin, pathname } = new URL(url);
    return [this.#pageUrl, `${this.#pageUrl}index.html`].includes(origin + pathname);
  }

  /**
   * Fetches all that is kept ahead, one by one.
   * @param mayGoOn is asked before each.
   * @throws when one cannot be had, or is not what this version was built with. A full disk is no
   * failure: what did not fit is fetched when it is needed.
   */
  async fill(mayGoOn: () => Promise<void>): Promise<void> {
    const files = [...this.#byUrl].filter(([, file]) => file.isKeptAhead).map(([url]) => url);
    try {
      const cache = await this.#open();
      for (const url of [...files, this.#pageUrl]) {
        if (await cache.match(url)) continue;
        await mayGoOn();
        await cache.put(url, (await this.#fromOlder(url)) ?? (await this.#fetch(url)));
      }
    } catch (error) {
      if (!isRefusedStorage(error)) throw error;
    }
  }

  /** The page, as this version has it; null: it is not kept (any more). */
  page(): Promise<Response | null> {
    return this.#kept(this.#pageUrl);
  }

  /** A file of this version, or of an older one whose tab still asks for it; null: not kept. */
  async file(url: string): Promise<Response | null> {
    return (await this.#kept(url)) ?? this.#fromOlder(url);
  }

  /**
   * From the network, and kept from now on, if it is a file of this version (the page counts); null: it
   * is not, or cannot be had as this version has it.
   */
  async fetchKept(url: string): Promise<Response | null> {
    if (url !== this.#pageUrl && !this.#byUrl.has(url)) return null;
    try {
      const response = await this.#fetch(url);
      if (this.#isOver) return response;
      const copy = response.clone();
      // Who asks need not wait until it is kept, nor know if there is no room for it.
      void this.#open()
        .then((cache) => cache.put(url, copy))
        .catch(() => null);
      return response;
    } catch {
      return null;
    }
  }

  /** Files of versions that no tab shows any more go. */
  async letGoOfOlder(): Promise<void> {
    const { held = [] } = await navigator.locks.query();
    const inUse = new Set(held.map(({ name }) => name));
    for (const name of await caches.keys()) {
      if (!name.startsWith(cachePrefix) || name === this.#cacheName) continue;
      if (!inUse.has(pageLock(name.slice(cachePrefix.length)))) await caches.delete(name);
    }
  }

  /** Nothing is kept any more, of no version. */
  async letGoOfAll(): Promise<void> {
    this.#isOver = true;
    for (const name of await caches.keys())
      if (name.startsWith(cachePrefix)) await caches.delete(name);
  }

  get #cacheName(): string {
    return cachePrefix + this.#build.version;
  }

  #open(): Promise<Cache> {
    return caches.open(this.#cacheName);
  }

  async #kept(url: string): Promise<Response | null> {
    try {
      // Not by opening it, which would make it.
      return (await caches.match(url, { cacheName: this.#cacheName, ignoreVary: true })) ?? null;
    } catch {
      // Storage is refused or damaged: the network has it.
      return null;
    }
  }

  /** What another version keeps under the same name, which says that it is the same. */
  async #fromOlder(url: string): Promise<Response | null> {
    const own = this.#byUrl.get(url);
    if (own ? !own.isNamedByContent : url === this.#pageUrl) return null;
    try {
      return (await caches.match(url, { ignoreVary: true })) ?? null;
    } catch {
      return null;
    }
  }

  /** @throws when it cannot be had, or is something else. */
  async #fetch(url: string): Promise<Response> {
    const file = this.#byUrl.get(url);
    const response = file
      ? await fetch(url, {
          integrity: file.integrity,
          cache: file.isNamedByContent ? 'default' : 'no-cache',
          priority: 'low',
        })
      : await fetch(url, { cache: 'no-cache' });
    if (!response.ok) throw new Error(`${url} was answered with ${response.status}`);
    if (file) return response;
    const text = await response.text();
    // Some hosts write into pages, so not every byte is compared.
    if (!text.includes(versionMeta(this.#build.version)))
      throw new Error(`${url} is the page of another version`);
    // Made anew: an answer that came by way of a redirection must not be given to a navigation.
    return new Response(text, { headers: response.headers });
  }
}

const isRefusedStorage = (error: unknown): boolean =>
  error instanceof DOMException && ['QuotaExceededError', 'SecurityError'].includes(error.name);
