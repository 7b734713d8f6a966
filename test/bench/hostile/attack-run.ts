import type { Page } from 'playwright';
import { Workbench } from '../../e2e/workbench.ts';
import { frame } from '../workbench/figures.ts';
import { busyHands } from './hands.ts';
import { beginWatch, endWatch, type InputWatch } from './input-watch.ts';
import type { Contender } from './contenders.ts';

export interface AttackRun extends InputWatch {
  /** Keys and buttons pressed meanwhile. */
  presses: number;
  /** What the page says of the end. */
  ended: string;
}

/** What was opened has been predicted, and what that fetched is there. */
const settleMs = 1500;
const lookEveryMs = 100;
const patienceMs = 120_000;

/**
 * Opens the document, presses Run and goes on using the page until it has ended and `afterMs` more. Workers that
 * the page says are silent are ended by its button.
 *
 * @param page the built page, open.
 */
export async function runAttack(
  page: Page,
  { document }: Contender,
  afterMs: number,
): Promise<AttackRun> {
  const workbench = new Workbench(page);
  await workbench.open(document);
  await page.waitForTimeout(settleMs);
  // Both are fetched when they are first shown, whatever runs.
  await workbench.tab('Log');
  await workbench.tab('Results');
  await beginWatch(page);
  const rest = await busyHands(page);
  let presses: number;
  try {
    await workbench.runButton.click();
    // By then it runs, or has ended.
    await frame(page);
    await frame(page);
    await endOfRun(page, workbench, document.name!);
    await page.waitForTimeout(afterMs);
  } finally {
    presses = await rest();
  }
  const watch = await endWatch(page);
  return { ...watch, presses, ended: await endOf(workbench) };
}

async function endOfRun(page: Page, workbench: Workbench, name: string): Promise<void> {
  const endIt = page.getByRole('button', { name: /^End it/ }).first();
  const giveUpAtMs = performance.now() + patienceMs;
  while (await workbench.stopButton.isVisible()) {
    // It may end by itself before it is clicked.
    if (await endIt.isVisible()) await endIt.click({ timeout: 5000 }).catch(() => {});
    if (performance.now() > giveUpAtMs) throw new Error(`"${name}" did not end.`);
    await page.waitForTimeout(lookEveryMs);
  }
}

/** The message of the first failure, if there is one, and the books as the page has them. */
async function endOf(workbench: Workbench): Promise<string> {
  const panel = await workbench.tab('Results');
  const [first] = await panel.locator('.failure .message').allInnerTexts();
  const books = (await panel.locator('header').first().innerText()).split('\n')[0]!;
  const banners = await workbench.errorBanner.locator('p').allInnerTexts();
  return [books, ...(first === undefined ? [] : [first.split('\n')[0]!]), ...banners].join(': ');
}
