import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** "rule: where" of everything axe holds to be serious or critical in the page as it stands. */
export async function seriousIn(page: Page): Promise<string[]> {
  // Bars that come in softly are measured when they are there.
  await page.waitForTimeout(250);
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<AxeResults> } };
    return (await axe.run()).violations.map(({ id, impact, nodes }) => ({
      ...{ id, impact },
      where: nodes.map(({ target }) => target.join(' ')).slice(0, 3),
    }));
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, where }) => `${id}: ${where.join(', ')}`);
}
