import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { readBaseline } from '../../src/share/baseline.ts';
import { readFile } from 'node:fs/promises';
import { seriousIn } from './axe.ts';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();
const name = 'Hostile <img src=x onerror=alert(1)> & "co"';
const document: PipelineDocument = {
  format: 'millrace/1',
  name,
  notes: '# Read me\n\nIt is <b>not</b> bold, **this** is.\n\n<script>alert(1)</script>',
  source: { kind: 'count', count: 12 },
  stages: [
    { id: 'first', name: 'First', work: { kind: 'synthetic', phases: [{ wait: 2 }] } },
    {
      ...{ id: 'second', name: 'Second', after: ['first'], permits: 1 },
      work: { kind: 'synthetic', phases: [{ wait: 4 }] },
    },
  ],
  machine: { workers: 2 },
  targets: { total: { target: 10_000 }, stages: { second: { target: 1 } } },
};

test('a run is held against targets and a baseline, and a report of it opens anywhere', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-report-'));
  try {
    const page = await openPage();
    const workbench = new Workbench(page);
    await workbench.open(document);
    await workbench.runToEnd();
    const panel = await workbench.tab('Compare');
    const targets = panel.getByRole('region', { name: 'Targets' });
    await targets.getByRole('img', { name: /^Total met its target/ }).waitFor();
    await targets.getByRole('img', { name: /^Second missed its target/ }).waitFor();

    await targets.getByRole('button', { name: 'Measure and save a baseline' }).click();
    await targets.getByText('Its document runs the same as this one.').waitFor();
    const saved = page.waitForEvent('download');
    await targets.getByRole('button', { name: 'Save it as a file' }).click();
    await (await saved).saveAs(join(folder, 'baseline.json'));
    const read = readBaseline(await readFile(join(folder, 'baseline.json'), 'utf8'));
    expect(read).toMatchObject({ ok: true, value: { document: { name } } });
    expect(read.ok && read.value.makespans.length).toBeGreaterThanOrEqual(12);

    // Twice the work in the stage that lets one in at a time: certainly slower, however busy the machine is.
    await workbench.open({
      ...document,
      stages: [
        document.stages[0]!,
        { ...document.stages[1]!, work: { kind: 'synthetic', phases: [{ wait: 12 }] } },
      ],
    });
    const again = (await workbench.tab('Compare')).getByRole('region', { name: 'Targets' });
    await again.getByLabel('Baseline file').setInputFiles(join(folder, 'baseline.json'));
    await again.getByText('This document has changed since.').waitFor();
    await again.getByRole('button', { name: 'Compare in turns' }).click();
    await expect
      .poll(() => again.getByTestId('gate').innerText(), { timeout: 60_000 })
      .toMatch(/^regression$/i);
    await again.getByText('A check in a build would fail').waitFor();

    const report = page.waitForEvent('download');
    await again.getByRole('button', { name: 'Save report (HTML)' }).click();
    const file = join(folder, 'report.html');
    await (await report).saveAs(file);
    for (const colorScheme of ['light', 'dark'] as const) {
      const asked: string[] = [];
      // Nothing can be fetched there, and nothing may try to.
      const reader = await openPage('', { offline: true, colorScheme }, pathToFileURL(file).href);
      reader.on('request', (request) => asked.push(request.url()));
      await reader.reload();
      expect(asked.filter((url) => !url.startsWith('data:'))).toEqual([pathToFileURL(file).href]);
      expect(await reader.getByRole('heading', { level: 1 }).innerText()).toBe(name);
      await reader
        .getByText(/Slower than the baseline/)
        .first()
        .waitFor();
      await reader.getByText('<script>alert(1)</script>').first().waitFor();
      expect(await reader.locator('script, iframe, object, link, form').count()).toBe(0);
      const pictures = reader.locator(`img.${colorScheme}`);
      expect(await pictures.count()).toBeGreaterThan(0);
      for (const picture of await pictures.all()) {
        expect(await picture.isVisible()).toBe(true);
        expect(
          await picture.evaluate((image: HTMLImageElement) => image.naturalWidth),
        ).toBeGreaterThan(100);
      }
      expect(await seriousIn(reader)).toEqual([]);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
