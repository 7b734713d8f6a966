import fc from 'fast-check';
import { expect, it } from 'vitest';
import { idealOverheads } from '../../src/engine/runner.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { htmlReport } from '../../src/share/report/html.ts';
import { markdownReport } from '../../src/share/report/markdown.ts';
import { compareSettings, thisDocument } from '../../src/ui/compare/measure-settings.ts';
import { measureSpeedup } from '../../src/ui/compare/measure-speedup.ts';
import { App } from '../../src/ui/state/app.svelte.ts';
import { measuredTimes } from '../../src/ui/targets/measured-times.ts';
import { verifyWhatIf } from '../../src/ui/whatif/verify-what-if.ts';
import { gatherReport } from '../../src/ui/report/gather-report.ts';
import { tunerOf } from '../../src/ui/tune/tuner-store.svelte.ts';
import { sweepOf } from '../../src/ui/sweep/sweep-store.svelte.ts';
import { chain } from './open-page.ts';
import { fakeServices } from './fake-services.ts';

const nowMs = Date.UTC(2026, 10, 21, 19, 35);

async function reportOf(document: PipelineDocument, runs: number) {
  const app = new App(fakeServices());
  app.open(document);
  for (let run = 0; run < runs; run++) await app.run();
  return { app, report: await gatherReport(app, nowMs) };
}
const parsed = (html: string): Document => new DOMParser().parseFromString(html, 'text/html');

it('tells of a run in the reader’s own words, with pictures, and names what is missing', async () => {
  const targets = { total: { target: 150 } };
  const { report } = await reportOf({ ...chain, notes: '**Look** at it.', targets }, 1);
  const page = parsed(htmlReport(report));
  const titles = [...page.querySelectorAll('h2')].map((title) => title.textContent);
  expect(titles).toEqual([
    ...['In short', 'Last run', 'Why it took so long', 'Targets', 'Document', 'Environment'],
    'Not in this report',
  ]);
  const text = page.querySelector('main')!.textContent;
  expect(text).toContain('The last run took 200 ms for 20 of 20 items delivered.');
  expect(text).toContain('A target is missed: Total.');
  expect(text).toContain('Test 1');
  expect(text).toContain('No sweep of settings was simulated.');
  expect(page.querySelector('.notes strong')!.textContent).toBe('Look');
  const pictures = [...page.querySelectorAll('img')];
  expect(pictures.map(({ alt }) => alt.split(':')[0])).toEqual(
    ['Measured schedule of Chain', 'Queue levels of Chain', 'Graph'].flatMap((alt) => [alt, alt]),
  );
  for (const image of pictures) {
    const svg = decodeURIComponent(image.src.replace('data:image/svg+xml,', ''));
    const inner = new DOMParser().parseFromString(svg, 'image/svg+xml');
    expect(inner.querySelector('parsererror')).toBeNull();
    expect(svg).not.toMatch(/NaN|undefined/);
  }
  const json = [...page.querySelectorAll('details pre')].at(-1)!.textContent;
  expect(withDefaults(JSON.parse(json))).toMatchObject({ name: 'Chain', targets });
  const markdown = markdownReport(report);
  expect(markdown).toContain('| Total | 200 ms | 150 ms | – | missed |');
  expect(markdown).not.toContain('<svg');
});

it('does not call a target met that nothing was measured for', async () => {
  const { app } = await reportOf({ ...chain, targets: { total: { target: 250 } } }, 1);
  const fresh = { ...chain.stages[0]!, id: 'new', name: 'New' };
  const targets = { total: { target: 250 }, stages: { new: { target: 10 } } };
  app.doc.change({ ...app.doc.document, targets, stages: [...chain.stages, fresh] });
  const text = async () => markdownReport(await gatherReport(app, nowMs));
  expect(await text()).toContain('No target is missed, but not measured: New.');
  app.doc.change({ ...app.doc.document, stages: [...chain.stages, fresh, fresh] });
  expect(await text()).toContain('The document has a problem, so nothing was held against');
});

it('without a run tells what is predicted, and that it is', async () => {
  const app = new App(fakeServices());
  app.open(chain);
  app.prediction.request(app.doc.pipeline);
  await expect.poll(() => app.prediction.prediction).not.toBeNull();
  const html = htmlReport(await gatherReport(app, nowMs));
  expect(html).toContain('Predicted, not measured');
  expect(html).toContain('Predicted schedule of Chain');
  const nothing = await reportOf({ ...chain, stages: [] }, 0);
  expect(htmlReport(nothing.report)).toContain('No run was made, and nothing could be predicted.');
});

it('tells of what was compared and swept, with what it is worth', async () => {
  const { app } = await reportOf({ ...chain, sweep: { '/machine/workers': [1, 2, 3] } }, 1);
  const one = { name: 'one worker', set: { '/machine/workers': 1 } };
  await compareSettings(app, [thisDocument, one], { budgetMs: 1, stay: true });
  await sweepOf(app).simulate();
  const report = await gatherReport(app, nowMs);
  const of = (title: string): string =>
    JSON.stringify(report.sections.find((section) => section.title === title));
  expect(of('Comparison')).toContain('slower than this document: the whole interval lies below 1.');
  expect(of('Comparison')).toContain('["one worker","12","240 ms"');
  expect(of('Comparison')).toContain('All delivered the same results.');
  expect(of('Sweep')).toContain('Least makespan predicted: 198 ms with Workers 3.');
  expect(report.missing).not.toContain('No settings were compared.');
  expect(report.missing).toContain('How it scales with workers was not measured.');
});

it('marks what was predicted of another machine than is now', async () => {
  const { app } = await reportOf({ ...chain, sweep: { '/machine/workers': [1, 2, 3] } }, 0);
  app.prediction.request(app.doc.pipeline);
  await expect.poll(() => app.prediction.prediction).not.toBeNull();
  await app.run();
  await sweepOf(app).simulate();
  await tunerOf(app).tune();
  const marked = async (): Promise<string[]> => {
    const { sections } = await gatherReport(app, nowMs);
    return sections
      .filter((section) => JSON.stringify(section).includes('of another machine: the ideal one'))
      .map(({ title }) => title);
  };
  expect(await marked()).toEqual([]);
  app.prediction.assume({ ...idealOverheads, dispatchMs: 2 });
  expect(await marked()).toEqual([
    ...['In short', 'Sweep', 'Tuning', 'Prediction against measurement'],
  ]);
});

it('names the machine that each of its predictions is of', async () => {
  const { app } = await reportOf({ ...chain, sweep: { '/machine/workers': [1, 2] } }, 1);
  await sweepOf(app).simulate();
  const text = async () => {
    const { sections } = await gatherReport(app, nowMs);
    return JSON.stringify(sections.find(({ title }) => title === 'Environment'));
  };
  expect(await text()).toMatch(/Of an ideal machine, [^"]*as it is, [^"]*Sweep\./);
  expect(await text()).not.toContain('Of this browser');
  app.prediction.assume({ ...app.prediction.overheads, dispatchMs: 0.01 });
  expect(await text()).toMatch(
    /Of an ideal machine, [^"]*: (the prediction before the last run, )?Sweep\./,
  );
  expect(await text()).toMatch(/Of this browser, [^"]*: the prediction of the document as it is\./);
});

it('tells of a check by delays what it verified, and takes every run of a speedup for targets', async () => {
  const targets = { stages: { second: { target: 150 } } };
  const { app } = await reportOf({ ...chain, targets }, 1);
  await verifyWhatIf(app, { stage: 'second', cut: 0.5, predicted: 0.25 });
  await measureSpeedup(app);
  // The speedup calls the document by its name.
  expect(app.experiment.measured.speedup!.plan.contenders[1]!.name).toBe('Chain');
  const measured = measuredTimes(app)!;
  expect(measured.runs.length).toBeGreaterThanOrEqual(12);
  expect(measured.runs.every(({ stagesMs }) => stagesMs['second']! > 0)).toBe(true);
  const report = await gatherReport(app, nowMs);
  const check = JSON.stringify(report.sections.find(({ title }) => title === 'What-if, verified'));
  expect(check).toMatch(
    /50 % off Second: predicted that it takes 25 % off the whole, verified -?[\d.]+ % off \(/,
  );
  expect(check).toContain('The predicted time is');
  expect(check).not.toMatch(/Slower than|"Ratio"|browsers slow hidden tabs/);
  const speedup = { ...app.experiment.measured.speedup!, wasHidden: true };
  app.experiment.measured = { speedup };
  expect(JSON.stringify(await gatherReport(app, nowMs))).toContain('browsers slow hidden tabs');
});

it(
  'holds nothing that runs or is fetched, whatever a document is called',
  { timeout: 30_000 },
  async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom(
        ...[
          '<script>top.x=1</script>',
          '"><svg onload=top.x=1>',
          '</style><img src=//e.example/x>',
        ],
        ...[
          "'><a href=javascript:top.x=1>",
          '</title><base href=//e.example>',
          '&lt;',
          ']]>',
          '-->',
        ],
      ),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const [first, second] = chain.stages;
        const document = {
          ...chain,
          name: text,
          notes: text,
          stages: [{ ...first!, name: text }, second!],
        };
        const { report } = await reportOf(document, 1);
        const page = parsed(htmlReport(report));
        expect(page.querySelectorAll('script, iframe, object, base, form, svg')).toHaveLength(0);
        for (const element of page.querySelectorAll('*')) {
          for (const { name, value } of element.attributes) {
            expect(name).not.toMatch(/^on/);
            if (name === 'src') expect(value).toMatch(/^data:image\/svg\+xml,/);
            if (name === 'href') expect(value).toMatch(/^#/);
          }
        }
        // As it is, but for what HTML itself does to spaces.
        const plain = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').trim();
        expect(page.querySelector('h1')!.textContent).toBe(plain || 'Untitled pipeline');
      }),
      { numRuns: 12, examples: [['\ud834 half']] },
    );
  },
);
