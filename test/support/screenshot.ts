import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from '../../src/cli/browser.ts';
import { buildIfStale } from '../../src/cli/build.ts';
import { projectFolder } from '../../src/cli/load-typescript.js';
import { serveBuilt } from '../../src/cli/serve.ts';
import { Workbench } from '../e2e/workbench.ts';

/** `npm run screenshot`: the README's pictures, taken from a real run of simtask on the built page. */

const firstPort = 4373;
const folder = join(projectFolder, '.github', 'pictures');

await buildIfStale((text) => process.stderr.write(text));
const server = await serveBuilt(firstPort);
const browser = await launchBrowser();
mkdirSync(folder, { recursive: true });
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1440, height: 900 } });
    await page.goto(server.url);
    const workbench = new Workbench(page);
    await workbench.pickFromGallery('Find duplicated functions');
    await workbench.runToEnd();
    const path = join(folder, `workbench-${colorScheme}.png`);
    await page.screenshot({ path });
    console.log(path);
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
