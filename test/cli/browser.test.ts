import { expect, test, vi } from 'vitest';
import { browserFlags, candidatePaths, findBrowser } from '../../src/cli/browser.ts';

test('root needs the sandbox off, others keep it', () => {
  expect(browserFlags(true)).toContain('--no-sandbox');
  expect(browserFlags(false)).not.toContain('--no-sandbox');
});

test('candidates exist, once each', () => {
  const paths = candidatePaths(process.platform);
  expect(new Set(paths).size).toBe(paths.length);
});

test('unknown platforms have no known places', () => {
  expect(candidatePaths('aix')).toEqual([]);
});

test('a CHROME_PATH that does not start is named, and nothing else is tried', async () => {
  vi.stubEnv('CHROME_PATH', '/no/such/browser');
  try {
    await expect(findBrowser()).rejects.toThrow('CHROME_PATH is "/no/such/browser"');
  } finally {
    vi.unstubAllEnvs();
  }
});
