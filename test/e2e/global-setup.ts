import { spawn, type ChildProcess } from 'node:child_process';
import type { TestProject } from 'vitest/node';
import { projectFolder } from '../../src/cli/load-typescript.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the built page is served, with a slash at its end. */
    pageUrl: string;
  }
}

const startTimeoutMs = 170_000;

/** Starts the page the way the README says, once for all files, and stops it at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Vitest marks its process as a test; the page people start is not one.
  const { NODE_ENV: _, VITEST: __, ...env } = process.env;
  const server = spawn('npm', ['start'], {
    cwd: projectFolder,
    env,
    // A group of its own: npm starts a shell, which starts Node, and all of them must end.
    detached: process.platform !== 'win32',
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  project.provide('pageUrl', await addressSaidBy(server));
  return () => stop(server);
}

function addressSaidBy(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const giveUp = (why: string): void => {
      clearTimeout(timer);
      void stop(server);
      reject(new Error(`npm start ${why}:\n${said}`));
    };
    const timer = setTimeout(() => giveUp('named no address in time'), startTimeoutMs);
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
      if (address === null) return;
      clearTimeout(timer);
      resolve(address[0]);
    };
    server.stdout!.on('data', listen);
    server.stderr!.on('data', listen);
    server.once('error', (error) => giveUp(`did not start (${error.message})`));
    server.once('exit', (code) => giveUp(`ended with code ${code}`));
  });
}

function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.pid === undefined) return Promise.resolve();
  const { pid } = server;
  return new Promise((resolve) => {
    server.once('close', () => resolve());
    if (process.platform === 'win32') server.kill();
    else process.kill(-pid, 'SIGTERM');
  });
}
