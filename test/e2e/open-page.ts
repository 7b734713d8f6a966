import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { launchBrowser } from '../../src/cli/browser.ts';

let browser: Browser;
const complaints: string[] = [];

/**
 * Call once at the top of a file: a browser for all its tests. Each page starts with empty storage, and a
 * test fails when the page has thrown, or broken its own security policy.
 */
export function usingBrowser(): (
  path?: string,
  options?: BrowserContextOptions,
  /** Another way to the same page. */
  pageUrl?: string,
) => Promise<Page> {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) {
      // A request may still be on its way through a test's hands.
      for (const page of context.pages()) await page.unrouteAll({ behavior: 'ignoreErrors' });
      await context.close();
    }
    const found = complaints.splice(0);
    expect(found, `errors the page did not catch: ${found.join('; ')}`).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
  });
  return async (path = '', options = {}, pageUrl = inject('pageUrl')) => {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      ...options,
    });
    const page = await context.newPage();
    // Whatever was thrown, and be it without a word, is something to show.
    page.on('pageerror', (error) => complaints.push(error.stack || error.message || error.name));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text() || 'an error without words');
    });
    await page.goto(pageUrl + path);
    return page;
  };
}
