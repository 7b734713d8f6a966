import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { isolationHeaders } from '../../src/cli/isolation.ts';
import { projectFolder } from '../../src/cli/load-typescript.js';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.ttf': 'font/ttf',
};

/** A static host of the built page, as simple as they come: it can change what it has, and vanish. */
export class PlainHost {
  /** With a slash at its end. */
  url = '';
  /** Paths that were asked for, in order. */
  readonly asked: string[] = [];
  /** A later build: what becomes of a file's bytes; null: it is not there. */
  change: (path: string, text: () => string) => string | Buffer | null | undefined = () =>
    undefined;
  readonly #isolates: boolean;
  #server: Server | null = null;
  #port = 0;

  constructor(isolates: boolean) {
    this.#isolates = isolates;
  }

  /** Again at the same address. */
  async start(): Promise<void> {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://host');
      const path = pathname.endsWith('/') ? `${pathname.slice(1)}index.html` : pathname.slice(1);
      this.asked.push(path);
      const body = this.#read(path);
      if (body === null) {
        response.writeHead(404).end('There is no such file.');
        return;
      }
      response
        .writeHead(200, {
          'Content-Type': types[extname(path)] ?? 'application/octet-stream',
          'Cache-Control': path.startsWith('assets/') ? 'max-age=31536000' : 'no-cache',
          ...(this.#isolates && isolationHeaders),
        })
        .end(body);
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.url = `http://127.0.0.1:${this.#port}/`;
  }

  stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    server?.closeAllConnections();
    return new Promise((resolve) => {
      if (server) server.close(() => resolve());
      else resolve();
    });
  }

  #read(path: string): string | Buffer | null {
    try {
      const file = join(projectFolder, 'dist', path);
      const changed = this.change(path, () => readFileSync(file, 'utf8'));
      return changed === undefined ? readFileSync(file) : changed;
    } catch {
      return null;
    }
  }
}
