import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** JavaScript that a first visit fetches by itself, gzipped, workers included. */
export const firstVisitBytesMax = 150_000;
/** Files of all kinds that it fetches. */
export const firstVisitRequestsMax = 18;
/** The same of whoever opens a link, until it is predicted and drawn. */
export const predictionBytesMax = 300_000;
export const predictionRequestsMax = 110;
/** JavaScript that the first run of stage code fetches beside it, gzipped, workers included; and files of all kinds. */
export const runBytesMax = 215_000;
export const runRequestsMax = 9;
/**
 * Everything but the editor, gzipped, that the browser keeps in the background; half of it is sample data, and each
 * document of the gallery is a file.
 */
export const keptAheadBytesMax = 2_200_000;

/** One answer of the server. */
export interface Fetched {
  path: string;
  isScript: boolean;
  gzippedBytes: number;
}

/** Stands before a server and keeps account of all it hands out, whichever thread of the page asked. */
export interface CountingServer {
  /** With a slash at its end. */
  url: string;
  fetched: readonly Fetched[];
  /** Resolves when nothing has been asked for during so many ms. */
  quiet(ms: number): Promise<void>;
  close(): Promise<void>;
}

export async function countRequestsTo(url: string): Promise<CountingServer> {
  const fetched: Fetched[] = [];
  let open = 0;
  let lastMs = performance.now();
  const touch = (change: number): void => {
    open += change;
    lastMs = performance.now();
  };
  const server = createServer((asked, answer) => {
    touch(1);
    answer.once('close', () => touch(-1));
    const path = asked.url ?? '/';
    // Bodies are weighed as they are, so none may come compressed.
    const headers = { ...asked.headers, host: new URL(url).host, 'accept-encoding': 'identity' };
    const passedOn = request(new URL(path, url), { method: asked.method, headers }, (got) => {
      bodyOf(got).then(
        (body) => {
          const isScript = /javascript/.test(got.headers['content-type'] ?? '');
          if (body.length > 0)
            fetched.push({ path, isScript, gzippedBytes: gzipSync(body).length });
          answer.writeHead(got.statusCode ?? 502, got.headers).end(body);
        },
        () => answer.destroy(),
      );
    });
    passedOn.once('error', () => answer.destroy());
    passedOn.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    fetched,
    async quiet(ms) {
      while (open > 0 || performance.now() - lastMs < ms)
        await new Promise((resolve) => setTimeout(resolve, 50));
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** What came, largest first, and the sum of the scripts. */
export function tableOf(fetched: readonly Fetched[]): { scriptBytes: number; table: string } {
  const rows = [...fetched].sort((a, b) => b.gzippedBytes - a.gzippedBytes);
  const scripts = rows.filter(({ isScript }) => isScript);
  const scriptBytes = scripts.reduce((sum, { gzippedBytes }) => sum + gzippedBytes, 0);
  const line = (bytes: number, text: string): string =>
    `${(bytes / 1000).toFixed(1).padStart(8)} kB  ${text}`;
  const rest = rows.filter(({ isScript }) => !isScript);
  const table = [
    ...scripts.map(({ path, gzippedBytes }) => line(gzippedBytes, path)),
    line(scriptBytes, `gzipped JavaScript in all, of ${firstVisitBytesMax / 1000} kB`),
    ...rest.map(({ path, gzippedBytes }) => line(gzippedBytes, `${path} (no JavaScript)`)),
  ].join('\n');
  return { scriptBytes, table };
}
