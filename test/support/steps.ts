import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../src/cli/load-typescript.js';

export interface StepResult {
  ok: boolean;
  /** A few words for the step's line. */
  note: string;
  /** Everything it said; shown only when it failed. */
  output: string;
  /** Tests. */
  passed: number;
  failed: number;
}

/** Runs a program to its end and keeps what it says. */
export function runStep(command: string, args: string[]): Promise<StepResult> {
  // Vite, which runs this file, marks its own process as a development one; the steps choose for themselves.
  const { NODE_ENV: _, ...env } = process.env;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: projectFolder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => {
      resolve({ ok: false, note: '', output: error.message, passed: 0, failed: 0 });
    });
    child.on('close', (code) => {
      resolve({ ok: code === 0, note: '', output, passed: 0, failed: 0 });
    });
  });
}

let reportNumber = 0;

/** Runs vitest once and counts its tests. A run without a single test has failed: something is not found. */
export async function runVitest(reports: string, args: string[]): Promise<StepResult> {
  const report = join(reports, `${reportNumber++}.json`);
  const step = await runStep('npx', [
    ...['--no-install', 'vitest', 'run', '--reporter', 'default', '--reporter', 'json'],
    ...['--outputFile.json', report, ...args],
  ]);
  if (!existsSync(report)) return { ...step, ok: false };
  const counts = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = counts;
  const note = `${passed} passed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  const ok = step.ok && failed === 0 && passed > 0;
  // What is wrong comes first: whoever keeps only the beginning of a long text still has it.
  const output = `${failures(counts)}${step.output}`;
  return { ok, output, note, passed, failed };
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] }[];
  }[];
}

/** Every test that failed, with the beginning of what it said; a file that could not be loaded, likewise. */
function failures({ testResults }: VitestReport): string {
  const said = (text: string): string => text.split('\n').slice(0, 12).join('\n');
  return testResults
    .flatMap(({ name, status, message, assertionResults }) => {
      const failed = assertionResults.filter((test) => test.status === 'failed');
      if (failed.length === 0 && status === 'failed') return [`${name}\n${said(message)}\n\n`];
      return failed.map(
        ({ fullName, failureMessages = [] }) =>
          `${name} > ${fullName}\n${said(failureMessages.join('\n'))}\n\n`,
      );
    })
    .join('');
}
