import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser, LaunchOptions } from 'playwright';

/**
 * Finds a Chromium that really starts, or gets one: for `millrace run`, the real-browser tests, the
 * end-to-end tests and the screenshots. Nothing here runs until somebody asks, so that a machine
 * without a browser can still build, serve and run everything else.
 */

/** How to start the browser that was found; hand it to `chromium.launch`. */
export type BrowserLaunch = Pick<LaunchOptions, 'executablePath' | 'args'>;

const installTimeoutMs = 120_000;
const aptTimeoutMs = 300_000;
const launchTimeoutMs = 30_000;

/** Without these a first start phones home, updates itself, or (as root) refuses to start at all. */
const quietFlags = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const rootFlags = ['--no-sandbox', '--disable-gpu'];

export const noBrowserMessage =
  'No Chromium browser was found that starts: install Chrome or Chromium, or set CHROME_PATH to its executable.';

let found: Promise<BrowserLaunch> | undefined;

/** The same answer for everybody in this process; the search runs once. @throws noBrowserMessage */
export function findBrowser(): Promise<BrowserLaunch> {
  return (found ??= search());
}

/** Starts the browser that was found. The caller closes it. */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const launch = await findBrowser();
  const { chromium } = await import('playwright');
  return chromium.launch({
    ...options,
    ...launch,
    args: [...(launch.args ?? []), ...(options.args ?? [])],
  });
}

export function browserFlags(isRoot: boolean = runsAsRoot()): string[] {
  return isRoot ? [...rootFlags, ...quietFlags] : [...quietFlags];
}

async function search(): Promise<BrowserLaunch> {
  const chosen = process.env['CHROME_PATH'];
  if (chosen !== undefined && chosen !== '') {
    const launch = await firstThatStarts([chosen]);
    if (launch !== null) return launch;
    throw new Error(
      `CHROME_PATH is "${chosen}", which does not start: set it to a Chrome or Chromium executable.`,
    );
  }
  // `undefined` is Playwright's own download.
  const installed = await firstThatStarts([...candidatePaths(process.platform), undefined]);
  if (installed !== null) return installed;

  process.stderr.write('No browser found; downloading Chromium with Playwright …\n');
  await runQuietly('npx', ['playwright', 'install', 'chromium'], installTimeoutMs);
  const downloaded = await firstThatStarts([undefined]);
  if (downloaded !== null) return downloaded;

  if (process.platform === 'linux' && runsAsRoot() && onPath('apt-get').length > 0) {
    process.stderr.write('The download failed; installing Chromium with apt-get …\n');
    await runQuietly('apt-get', ['update'], aptTimeoutMs);
    await runQuietly(
      'apt-get',
      ['install', '--yes', '--no-install-recommends', 'chromium'],
      aptTimeoutMs,
    );
    const packaged = await firstThatStarts(candidatePaths('linux'));
    if (packaged !== null) return packaged;
  }
  throw new Error(noBrowserMessage);
}

async function firstThatStarts(
  paths: readonly (string | undefined)[],
): Promise<BrowserLaunch | null> {
  for (const executablePath of paths) {
    const launch: BrowserLaunch = {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: browserFlags(),
    };
    if (await starts(launch)) return launch;
  }
  return null;
}

/** A file that exists proves little: wrong libraries and snap wrappers only show when it is started. */
async function starts(launch: BrowserLaunch): Promise<boolean> {
  const { chromium } = await import('playwright');
  try {
    const browser = await chromium.launch({ ...launch, timeout: launchTimeoutMs });
    await browser.close();
    return true;
  } catch {
    return false;
  }
}

/** Executables that exist here, likeliest first. */
export function candidatePaths(platform: NodeJS.Platform): string[] {
  const names = {
    linux: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
      'microsoft-edge',
    ],
    darwin: ['chromium', 'google-chrome'],
    win32: ['chrome.exe', 'chromium.exe', 'msedge.exe'],
  };
  const places = {
    linux: ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'].flatMap((folder) =>
      [...names.linux, 'chrome'].map((name) => join(folder, name)),
    ),
    darwin: ['/Applications', join(process.env['HOME'] ?? '', 'Applications')].flatMap((folder) =>
      ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) =>
        join(folder, `${name}.app`, 'Contents', 'MacOS', name),
      ),
    ),
    win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((variable) => {
      const folder = process.env[variable];
      if (folder === undefined) return [];
      return [
        join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
        join(folder, 'Chromium', 'Application', 'chrome.exe'),
        join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
      ];
    }),
  };
  if (platform !== 'linux' && platform !== 'darwin' && platform !== 'win32') return [];
  const all = [...names[platform].flatMap(onPath), ...places[platform]];
  return [...new Set(all)].filter(isExecutable);
}

function onPath(name: string): string[] {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .filter(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Runs a program to its end or its time limit; the caller sees by what is there afterwards. */
function runQuietly(command: string, args: string[], timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: 'ignore',
      timeout: timeoutMs,
      shell: process.platform === 'win32',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    child.on('error', () => resolve());
    child.on('close', () => resolve());
  });
}
