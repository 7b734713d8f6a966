import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '../../src/cli/browser.ts';
import { runStep, runVitest, type StepResult } from './steps.ts';

/**
 * `npm test`: every check, cheapest first; one line a step, and an end at the first that fails. What only reads
 * the sources is checked two at a time: each of those takes one core.
 */

const bin = (name: string, ...args: string[]): (() => Promise<StepResult>) => {
  return () => runStep('npx', ['--no-install', name, ...args]);
};
const reports = mkdtempSync(join(tmpdir(), 'millrace-test-'));
const vitest = (...args: string[]): (() => Promise<StepResult>) => {
  return () => runVitest(reports, args);
};

type Step = [string, () => Promise<StepResult>];
/** Those of one line run side by side. */
const steps: Step[][] = [
  [
    ['types', bin('tsc', '--noEmit')],
    ['types in components', bin('svelte-check', '--fail-on-warnings', '--output', 'human')],
  ],
  [
    ['lint', bin('eslint', '--max-warnings', '0', '.')],
    ['format', bin('prettier', '--check', '--log-level', 'warn', '.')],
  ],
  [['imports and tidiness', vitest('--project', 'tidy')]],
  [['units and properties', vitest('--project', 'unit')]],
  [['a browser', browserStep]],
  [['real browser', vitest('--project', 'browser')]],
  [['build', bin('vite', 'build', '--logLevel', 'warn')]],
  [['end to end', vitest('--project', 'e2e')]],
];

/** Found once here; the steps after it need not search again. */
async function browserStep(): Promise<StepResult> {
  try {
    const { executablePath } = await findBrowser();
    if (executablePath !== undefined) process.env['CHROME_PATH'] = executablePath;
    return {
      ok: true,
      note: executablePath ?? "Playwright's own",
      output: '',
      passed: 0,
      failed: 0,
    };
  } catch (error) {
    const output = error instanceof Error ? error.message : String(error);
    return { ok: false, note: '', output, passed: 0, failed: 0 };
  }
}

// Another number draws other cases; what it finds belongs into a test of its own.
process.env['MILLRACE_SEED'] ??= '20261122';
let passed = 0;
let failed = 0;
for (const together of steps) {
  const results = await Promise.all(together.map(timed));
  for (const { name, seconds, ...result } of results) {
    passed += result.passed;
    // A step without tests that fails counts as one.
    failed += result.ok ? 0 : Math.max(1, result.failed);
    const note = result.note === '' ? '' : `  ${result.note}`;
    console.log(`${result.ok ? 'ok  ' : 'FAIL'} ${seconds} s  ${name}${note}`);
    if (!result.ok) console.log(result.output);
  }
  if (failed > 0) {
    process.exitCode = 1;
    break;
  }
}
rmSync(reports, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);

async function timed([name, run]: Step): Promise<StepResult & { name: string; seconds: string }> {
  const startMs = performance.now();
  const result = await run();
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1).padStart(6);
  return { ...result, name, seconds };
}
