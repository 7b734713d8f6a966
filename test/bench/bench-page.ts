import { join } from 'node:path';
import type { LaunchOptions, Page } from 'playwright';
import { build, preview } from 'vite';
import { launchBrowser } from '../../src/cli/browser.ts';
import { isolationHeaders } from '../../src/cli/isolation.ts';
import { projectFolder } from '../../src/cli/load-typescript.js';
import { framePlugin } from '../../src/live/build/frame-plugin.ts';
import { corpusPlugin } from '../../src/scenarios/build/corpus-plugin.ts';
import { modulesPlugin } from '../../src/scenarios/build/modules-plugin.ts';

/** Their `exports` name builds for other hosts first; these are the ones for browsers. */
const browserBuilds = [
  { find: /^poolifier-web-worker$/, path: 'poolifier-web-worker/browser/mod.js' },
  { find: /^threads$/, path: 'threads/dist-esm/index.js' },
  { find: /^threads\/worker$/, path: 'threads/dist-esm/worker/index.js' },
];
const firstPort = 4373;
const pageReadyTimeoutMs = 60_000;

/** Builds a bench's own page into the cache folder: it is no part of the product. */
async function buildPage(name: string, folder: string): Promise<void> {
  await build({
    configFile: false,
    mode: 'production',
    root: projectFolder,
    base: './',
    publicDir: false,
    logLevel: 'error',
    plugins: [corpusPlugin(), modulesPlugin(), framePlugin()],
    worker: { format: 'es', plugins: () => [modulesPlugin()] },
    resolve: {
      alias: browserBuilds.map(({ find, path }) => ({
        find,
        replacement: join(projectFolder, 'node_modules', path),
      })),
    },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      rolldownOptions: { input: join(projectFolder, 'test/bench', name, 'index.html') },
    },
  });
}

/**
 * Opens the page of the bench in the folder `name` in a browser nobody sees, isolated as the product's page is.
 * @param global what the page has when it is ready.
 * @param options of the browser, beside those of every bench.
 */
export async function withBenchPage<T>(
  name: string,
  global: string,
  use: (page: Page) => Promise<T>,
  options: LaunchOptions = {},
): Promise<T> {
  const folder = join(projectFolder, '.cache', 'bench', `${name}-page`);
  await buildPage(name, folder);
  const server = await preview({
    root: projectFolder,
    configFile: false,
    logLevel: 'error',
    appType: 'mpa',
    build: { outDir: folder },
    preview: { host: '127.0.0.1', port: firstPort, headers: isolationHeaders },
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  try {
    const browser = await launchBrowser(options);
    try {
      const page = await browser.newPage();
      page.on('pageerror', (error) => console.error(error.message));
      await page.goto(`http://127.0.0.1:${address.port}/test/bench/${name}/index.html`);
      await page.waitForFunction((ready) => ready in globalThis, global, {
        timeout: pageReadyTimeoutMs,
      });
      return await use(page);
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
}
