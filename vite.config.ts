import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import type { ViteUserConfig } from 'vitest/config';
import { isolationHeaders } from './src/cli/isolation.ts';
import { bundleScript } from './src/live/build/bundle-script.ts';
import { framePlugin } from './src/live/build/frame-plugin.ts';
import { offlinePlugin } from './src/offline/build/offline-plugin.ts';
import { corpusPlugin } from './src/scenarios/build/corpus-plugin.ts';
import { modulesPlugin } from './src/scenarios/build/modules-plugin.ts';
import { isOfFirstLoad } from './src/ui/build/first-load.ts';

export default defineConfig(async () => ({
  // Relative addresses: the built page works from any folder of any static host.
  base: './',
  plugins: [
    svelte({ configFile: false }),
    corpusPlugin(),
    modulesPlugin(),
    framePlugin(),
    offlinePlugin(bundleScript),
  ],
  server: { host: '127.0.0.1', headers: isolationHeaders },
  preview: { host: '127.0.0.1', headers: isolationHeaders },
  worker: { format: 'es' as const, plugins: () => [modulesPlugin()] },
  // Found only when a lazy chunk asks for them, these would be bundled anew in the middle of a test, with
  // a second copy of svelte's runtime in the page. Icons are served as they are: one file each.
  optimizeDeps: {
    include: [
      '@dagrejs/dagre',
      '@noble/hashes/sha2.js',
      '@xyflow/svelte',
      'axe-core',
      'd3',
      'fast-check',
      'fflate',
      'jsqr',
      'uqr',
      'valibot',
    ],
    exclude: ['@lucide/svelte'],
  },
  build: {
    target: 'es2022',
    manifest: true,
    modulePreload: {
      // Browsers that this target means know it; others only fetch a little later.
      polyfill: false,
      // What a lazy panel imports is found when it comes: to name it all beforehand weighs 3 kB of the first load.
      resolveDependencies: (
        _file: string,
        needed: string[],
        { hostType }: { hostType: 'html' | 'js' },
      ) => (hostType === 'html' ? needed : needed.filter((file) => file.endsWith('.css'))),
    },
    // The editor and its workers are large; what counts is the first load, which `npm test` weighs.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      checks: { pluginTimings: false },
      output: { codeSplitting: { groups: [{ name: 'page', test: isOfFirstLoad }] } },
    },
  },
  // Building and serving need no test tools, so they are not even loaded then.
  ...(process.env['VITEST'] === undefined ? {} : { test: await testConfig() }),
}));

async function testConfig(): Promise<NonNullable<ViteUserConfig['test']>> {
  const { lazyBrowserProvider } = await import('./test/support/browser-provider.ts');
  return {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          setupFiles: ['test/support/draws.ts'],
          exclude: ['test/**/*.browser.test.ts', 'test/e2e/**', 'test/tidy/**'],
          // Thousands of random cases, on a busy machine.
          testTimeout: 30_000,
          // Left to itself it leaves a core idle: half of all there are on a small machine.
          maxWorkers: '100%',
        },
      },
      {
        extends: true,
        test: {
          name: 'tidy',
          environment: 'node',
          include: ['test/tidy/**/*.test.ts'],
          // It reads every file; on a busy machine that takes its time.
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          // Real workers on a busy machine: what fails is tried once more, and the report says so.
          retry: 1,
          // Most of them wait for timers; two at a time take little more than half the time.
          maxWorkers: 2,
          include: ['test/**/*.browser.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: lazyBrowserProvider(),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          retry: 1,
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/global-setup.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  };
}
