import { expect, test } from 'vitest';
import { runCommandLine } from '../../src/cli/command-line.ts';
import { gallery } from '../../src/scenarios/index.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import { importText } from '../../src/share/import/import-text.ts';

async function millrace(args: string[], stdin = '') {
  const said = { code: -1, out: '', err: '' };
  said.code = await runCommandLine(args, {
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    stdin: (async function* () {
      yield stdin;
    })(),
  });
  return said;
}

const document = {
  format: 'millrace/1',
  name: 'Ten <items>',
  source: { kind: 'count', count: 10 },
  stages: [{ id: 'work', work: { kind: 'synthetic', phases: [{ cpu: 20 }] } }],
  machine: { cores: 2, workers: 2 },
};
const text = JSON.stringify(document);
const exported = (kind: string) => millrace(['export', '-', '--to', kind], text);

test('a link is printed, opened, and taken as a document, with an address before it or not', async () => {
  const { code, out, err } = await millrace(['link', '-'], text);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^#1\.[\w-]+\n$/);
  expect((await exported('link')).out).toBe(out);
  const opened = await millrace(['open', `https://host.example/page/${out.trim()}`]);
  expect(parseDocument(opened.out).pipeline).toEqual(parseDocument(text).pipeline);
  const simulated = await millrace(['simulate', out.trim(), '--json']);
  expect(JSON.parse(simulated.out)).toMatchObject({ makespan: 100 });
  const changed = await millrace(['link', '-', '--set', '/machine/workers=1'], text);
  const again = await millrace(['simulate', changed.out.trim(), '--json']);
  expect(JSON.parse(again.out)).toMatchObject({ makespan: 200 });
});

test('every document of the gallery comes out of its link as it went in', async () => {
  for (const { id, load } of gallery) {
    const { out } = await millrace(['link', id]);
    const opened = await millrace(['open', out.trim()]);
    const { pipeline } = parseDocument(await load());
    expect(parseDocument(opened.out).pipeline, id).toEqual(pipeline);
  }
});

test('the predicted run is a trace that can be imported, a table with a line a task, a picture, a report', async () => {
  const trace = await exported('chrome-trace');
  const imported = importText('chrome-trace', trace.out, 'ten');
  expect(imported.ok && imported.value.document.stages).toMatchObject([{ id: 'work' }]);
  const lines = (await exported('csv')).out.trim().split('\r\n');
  expect(lines.length).toBe(11);
  expect(lines.at(-1)).toMatch(/^9,work,worker \d,1,done,80,100,100,/);
  const { out: svg } = await exported('svg');
  expect(svg).toMatch(/^<svg [^]*aria-label="Predicted schedule of Ten &lt;items&gt;, 100 ms"/);
  expect(svg.match(/<rect/g)!.length).toBeGreaterThan(10);
  const { out: report } = await exported('markdown');
  expect(report).toMatch(/^# Ten \\<items\\>/);
  expect(report).toContain('Makespan: **100 ms (simulated, 2 cores)**');
  expect(report).toMatch(/\| work \| 10 \| 0 \| 0 \| 200 ms/);
});

test.each([
  [['export', '-', '--to', 'svgg'], 'there is no export to "svgg"; did you mean "svg"?'],
  [['export', '-', 'x', '--to', 'csv'], 'millrace export --to csv does not take "x".'],
  [['export', '-', '--to', 'piscina'], 'needs a FOLDER to write the project into'],
  [['export', '-', 'a', 'b', '--to', 'piscina'], 'does not take "b"'],
  [['export', 'simtask', '--to', 'csv'], 'runs code that has not been measured yet'],
  [['open', 'two-workers'], 'that is no link'],
  [['open', '#1.AAAAAAAAAAAAAAAAAAAAAAAA'], 'The link is damaged'],
  [['simulate', '#7.AAAAAAAAAAAAAAAAAAAAAAAA'], 'The link has version 7'],
])('%j is bad input', async (args, sentence) => {
  const { code, out, err } = await millrace(args, text);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(sentence);
});
