import { expect, test } from 'vitest';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();

/** In the page: each shift of the layout that no input asked for, with what moved. */
declare const shifts: { value: number; moved: string[] }[];

test.each([
  ['a phone', { width: 390, height: 844 }],
  ['a desk', { width: 1440, height: 900 }],
  ['a wide display', { width: 2560, height: 1440 }],
])('on %s nothing moves while the page comes, however slowly', async (_, viewport) => {
  const page = await openPage('', { viewport });
  await page.addInitScript(() => {
    const found: unknown[] = [];
    Object.assign(globalThis, { shifts: found });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as LayoutShift[])
        if (!entry.hadRecentInput)
          found.push({
            value: entry.value,
            moved: entry.sources.map(({ node }) =>
              (node as Element | null)?.outerHTML.slice(0, 80),
            ),
          });
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.route('**/*.js', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    await route.continue();
  });
  await page.reload();
  await expect
    .poll(() => new Workbench(page).documentName.inputValue())
    .toBe('Find duplicated functions');
  await page.locator('.svelte-flow__node').first().waitFor();
  // The browser tells of shifts with the next frames.
  await page.waitForTimeout(500);
  expect(await page.evaluate(() => shifts)).toEqual([]);
});

/** As browsers have it; TypeScript does not know it yet. */
interface LayoutShift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
  sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
}
