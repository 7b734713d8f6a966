import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { launchBrowser } from '../../src/cli/browser.ts';

/** A browser with an empty page: what `evaluate` needs of it, whoever drives it. */
export interface ScriptHost {
  version: string;
  /** Runs a classic script in the page. */
  load(script: string): Promise<void>;
  /** Evaluates an expression in the page; its value must be plain data. */
  evaluate(expression: string): Promise<unknown>;
  close(): Promise<void>;
}

export async function openChromium(): Promise<ScriptHost> {
  const browser = await launchBrowser();
  const page = await browser.newPage();
  return {
    version: `Chromium ${browser.version()}`,
    load: async (content) => void (await page.addScriptTag({ content })),
    evaluate: (expression) => page.evaluate(expression),
    close: () => browser.close(),
  };
}

/** Stock Firefox over WebDriver BiDi: `FIREFOX_PATH`, or one that is installed; null: there is none. */
export function findFirefox(): string | null {
  const chosen = process.env['FIREFOX_PATH'];
  if (chosen !== undefined && chosen !== '') return chosen;
  const names = process.platform === 'win32' ? ['firefox.exe'] : ['firefox', 'firefox-esr'];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const places = [
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    join(process.env['ProgramFiles'] ?? '', 'Mozilla Firefox', 'firefox.exe'),
  ];
  return places.find(isExecutable) ?? null;
}

export async function openFirefox(executablePath: string): Promise<ScriptHost> {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true });
  const page = await browser.newPage();
  return {
    version: await browser.version(),
    load: async (content) => void (await page.addScriptTag({ content })),
    evaluate: (expression) => page.evaluate(expression),
    close: () => browser.close(),
  };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
