import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphSvg } from '../../../src/charts/svg/graph-svg.ts';
import { htmlReport } from '../../../src/share/report/html.ts';
import { markdownReport } from '../../../src/share/report/markdown.ts';
import type { Report } from '../../../src/share/report/report.ts';

/** A report in which every text there can be is this one. */
function reportOf(text: string): Report {
  const inline = [
    { kind: 'text' as const, text },
    { kind: 'strong' as const, text },
    { kind: 'code' as const, text },
  ];
  const box = { id: text, x: 0, y: 0, widthPx: 200, heightPx: 60, title: text, detail: text };
  const svg = (theme: 'light' | 'dark') =>
    graphSvg([{ ...box, stage: 0 }], [], { theme, label: text, vertical: false });
  return {
    title: text,
    madeAt: '2026-11-21 19:35 UTC',
    missing: [text],
    sections: [
      {
        title: text,
        blocks: [
          { kind: 'text', text },
          { kind: 'verdict', tone: 'bad', text },
          { kind: 'facts', facts: [[text, text]] },
          { kind: 'list', items: [text, text] },
          {
            kind: 'table',
            caption: text,
            head: [text, text],
            rows: [
              [text, text],
              [text, text],
            ],
            numeric: [1],
          },
          { kind: 'picture', caption: text, label: text, light: svg('light'), dark: svg('dark') },
          {
            kind: 'notes',
            blocks: [
              { kind: 'heading', content: inline },
              { kind: 'paragraph', content: inline },
              { kind: 'list', ordered: true, start: 3, items: [inline] },
              { kind: 'table', head: [inline, inline], rows: [[inline, inline]] },
              { kind: 'code', text },
            ],
          },
          { kind: 'source', title: text, text },
        ],
      },
    ],
  };
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    ...['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onload='alert(1)"],
    ...['</style><script src=//evil.example>', ']]>', '&lt;b&gt;', '<!--', '--><svg onload=a()>'],
    ...['| a | b |', '```', '~~~\n<b>', '# title', '- item', '1. item', '[x](javascript:alert(1))'],
    ...['![x](https://evil.example/p.png)', '</details>', '\\| \\`', 'a\nb\r\nc\u2028d', '***'],
    ...[
      'https://evil.example',
      '@everyone',
      '&#60;script&#62;',
      '    indented code',
      '===',
      '\ud834',
    ],
  ),
);

describe('a report as HTML', () => {
  const attributes = new Set(
    'alt aria-label aria-labelledby charset class content href http-equiv id lang name role scope src start tabindex'.split(
      ' ',
    ),
  );
  const tag = /<(\/?[a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*>/g;

  it('holds no mark-up but its own, whatever the document says', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const html = htmlReport(reportOf(text));
        const plain = htmlReport(reportOf('plain'));
        const tags = [...html.matchAll(tag)];
        expect(tags.map(([, name]) => name)).toEqual(
          [...plain.matchAll(tag)].map(([, name]) => name),
        );
        const rest = html.replace('<!doctype html>', '').replace(tag, '');
        expect(rest).not.toMatch(/[<>]/);
        for (const [, , list] of tags) {
          for (const [, name, value] of list!.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)) {
            expect(attributes).toContain(name);
            if (name === 'href') expect(value).toMatch(/^#/);
            if (name === 'src') expect(value).toMatch(/^data:image\/svg\+xml,[^<>"']*$/);
          }
        }
      }),
    );
  });
  it('fetches nothing and runs nothing', () => {
    const html = htmlReport(reportOf('Plain'));
    expect(html).toContain(
      `content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"`,
    );
    expect(html).not.toMatch(/<(script|link|iframe|object|embed|base|form)\b/);
    expect(html).not.toMatch(/url\(|@import|https?:/);
  });
});

describe('a report as Markdown', () => {
  it('has the same lines and cells whatever the document says', () => {
    const linesOf = (text: string): string[] =>
      // What the fences hold is code: any text may stand there.
      markdownReport(reportOf(text))
        .replace(/^(`{3,})(?:json)?\n[^]*?\n\1$/gm, 'code')
        .split('\n');
    const cellsOf = (line: string): number => line.replace(/\\[^]/g, '').split('|').length;
    fc.assert(
      fc.property(hostile, (text) => {
        const lines = linesOf(text);
        const plain = linesOf('plain');
        expect(lines.length).toBe(plain.length);
        expect(lines.map(cellsOf)).toEqual(plain.map(cellsOf));
        for (const line of lines.filter((one) => !/^<\/?details>/.test(one)))
          expect(line.replace(/\\[^]/g, '')).not.toMatch(/[<`[\]]/);
      }),
    );
  });
  it('fences code so that nothing in it ends the fence', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const fence = /(`{3,})json\n([^]*?)\n\1$/m.exec(markdownReport(reportOf(text)));
        expect(fence?.[2]).toBe(text.replace(/\n$/, ''));
      }),
    );
  });
  it('reads as people write it', () => {
    const text = markdownReport({
      title: 'Thumbnails',
      madeAt: '2026-11-21 19:35 UTC',
      missing: ['No sweep was made.'],
      sections: [
        {
          title: 'Last run',
          blocks: [
            { kind: 'verdict', tone: 'good', text: '1.83× (1.79–1.88): faster' },
            {
              kind: 'table',
              caption: 'Stages',
              head: ['Stage', 'Mean'],
              rows: [['a | b', '−3.5 ms']],
              numeric: [1],
            },
          ],
        },
      ],
    });
    expect(text).toBe(
      [
        '# Thumbnails\n',
        '_Report made with Millrace, 2026-11-21 19:35 UTC_\n',
        '## Last run\n',
        '**1.83× (1.79–1.88): faster**\n',
        'Stages\n',
        '| Stage | Mean |',
        '| --- | ---: |',
        '| a \\| b | −3.5 ms |\n',
        '## Not in this report\n',
        '- No sweep was made.\n',
      ].join('\n'),
    );
  });
});
