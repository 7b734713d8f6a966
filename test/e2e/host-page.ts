import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FrameLocator, Page } from 'playwright';
import { expect } from 'vitest';

/** A page of somebody else’s, at another site than the one it embeds. */
export class HostPage {
  /** "http://localhost:1234". */
  origin = '';
  readonly #server: Server;

  /** @param headers of the page around the frame. */
  constructor(headers: Readonly<Record<string, string>> = {}) {
    this.#server = createServer((request, response) => {
      const { searchParams } = new URL(request.url ?? '/', 'http://host');
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...headers });
      response.end(hostHtml(searchParams.get('frame') ?? 'about:blank'));
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    // Another name than that of the page in the frame, so that browsers keep their storage apart as well.
    this.origin = `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }
  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  /** Where it shows this address in its frame. */
  around = (address: string): string => `${this.origin}/?frame=${encodeURIComponent(address)}`;
}

const hostHtml = (address: string): string => `<!doctype html>
<html lang="en"><title>A page of somebody else’s</title>
<body style="margin: 0"><script>
const told = [];
addEventListener('message', ({ origin, data, source }) => {
  if (source === document.querySelector('iframe').contentWindow) told.push({ origin, data });
});
const ask = (message) => document.querySelector('iframe').contentWindow.postMessage(message, '*');
</script>
<iframe src="${address.replace(/&/g, '&amp;').replace(/"/g, '&quot;')}" title="Embedded" style="width: 640px; height: 360px; border: 0" allow="cross-origin-isolated"></iframe>
</body></html>`;

interface Told {
  origin: string;
  data: Record<string, unknown>;
}

export const frameIn = (page: Page): FrameLocator => page.frameLocator('iframe');
/** All that the frame has told the page around it, in order. */
export const toldTo = (page: Page): Promise<Told[]> => page.evaluate('told');
export const ask = (page: Page, message: object): Promise<unknown> =>
  page.evaluate(`ask(${JSON.stringify({ millrace: 1, ...message })})`);

/** The answer to this request, but for progress, once it is there. */
export async function answerTo(page: Page, id: unknown): Promise<Record<string, unknown>> {
  let answer: Told | undefined;
  await expect
    .poll(
      async () => {
        const told = await toldTo(page);
        return (answer = told.find(({ data }) => data['id'] === id && data['type'] !== 'progress'));
      },
      { timeout: 30_000 },
    )
    .toBeDefined();
  return answer!.data;
}
