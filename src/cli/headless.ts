import type { Page } from 'playwright';
import { launchBrowser } from './browser.ts';
import { buildIfStale } from './build.ts';
import { Failed } from './command.ts';
import type { MillraceHeadless } from './headless-contract.ts';
import { serveBuilt } from './serve.ts';

const pageReadyTimeoutMs = 30_000;
/** Not the port people use, so that a page they have open is not disturbed. */
const firstHeadlessPort = 4273;

/**
 * Builds the page if need be, serves it on this machine, opens it in a browser that nobody sees, and hands
 * that page over. Everything is closed again when `use` is done.
 */
export async function withHeadlessPage<T>(
  say: (text: string) => void,
  use: (page: Page) => Promise<T>,
): Promise<T> {
  await buildIfStale(say);
  const server = await serveBuilt(firstHeadlessPort);
  try {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.exposeFunction('millraceSay', (text: string) => say(`${text}\n`));
      await page.goto(`${server.url}#headless`);
      try {
        await page.waitForFunction(() => 'millraceHeadless' in globalThis, undefined, {
          timeout: pageReadyTimeoutMs,
        });
      } catch {
        throw new Failed(`the page did not start: ${complaints[0] ?? 'it said nothing.'}`);
      }
      return await use(page);
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
}

/** Calls one method of the page's headless interface. */
export async function callHeadless<Name extends keyof MillraceHeadless>(
  page: Page,
  name: Name,
  request: Parameters<MillraceHeadless[Name]>[0],
): Promise<Awaited<ReturnType<MillraceHeadless[Name]>>> {
  try {
    return await page.evaluate(
      ({ name, request }) => {
        const { millraceHeadless } = globalThis as unknown as {
          millraceHeadless: MillraceHeadless;
        };
        return (millraceHeadless[name] as (request: unknown) => never)(request);
      },
      { name, request },
    );
  } catch (error) {
    if (!/crashed/.test(String(error))) throw error;
    throw new Failed(
      'the browser ran out of memory and took the run with it: a stage keeps too much of what it makes.',
    );
  }
}
