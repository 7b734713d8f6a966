import type { NoteBlock, NoteInline, Report, ReportBlock, ReportTable } from './report.ts';

/** A report as Markdown (GitHub's): tables and text; what a picture shows is told in words. */
export function markdownReport({ title, madeAt, sections, missing }: Report): string {
  const parts = [`# ${words(title)}`, `_Report made with Millrace, ${words(madeAt)}_`];
  for (const section of sections) {
    parts.push(`## ${words(section.title)}`);
    for (const block of section.blocks) parts.push(blockText(block));
  }
  if (missing.length > 0) parts.push('## Not in this report', list(missing));
  return `${parts.join('\n\n')}\n`;
}

function blockText(block: ReportBlock): string {
  switch (block.kind) {
    case 'text':
      return words(block.text);
    case 'verdict':
      return `**${words(block.text)}**`;
    case 'facts':
      return block.facts.map(([name, value]) => `- ${words(name)}: **${words(value)}**`).join('\n');
    case 'list':
      return list(block.items);
    case 'table':
      return tableText(block);
    case 'picture':
      return `_Picture, in the HTML report:_ ${words(block.label)}`;
    case 'notes':
      return block.blocks.map(noteText).join('\n\n');
    case 'source':
      return `<details><summary>${words(block.title)}</summary>\n\n${fenced(block.text, 'json')}\n\n</details>`;
  }
}

const list = (items: readonly string[]): string =>
  items.map((item) => `- ${words(item)}`).join('\n');

function tableText({ caption, head, rows, numeric }: ReportTable): string {
  const rule = head.map((_, column) => (numeric.includes(column) ? '---:' : '---'));
  const lines = [head, ...rows].map((row) => `| ${row.map(words).join(' | ')} |`);
  lines.splice(1, 0, `| ${rule.join(' | ')} |`);
  return `${words(caption)}\n\n${lines.join('\n')}`;
}

/**
 * One line of text in which nothing is Markdown or HTML any more. Marks within words and numbers stay where they
 * mean nothing: "−3.5 %", "(1.2–1.4)".
 */
function words(text: string): string {
  return (
    text
      .replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ')
      .trim()
      .replace(/[\\`*_[\]<>|~]/g, '\\$&')
      .replace(/&(?=[#\w]+;)/g, '\\&')
      // What would begin a heading, a list or a rule, were it first in its line.
      .replace(/^(#{1,6}|[-+]|=+)(?=\s|$)/, '\\$1')
      .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')
      .replace(/(\b(?:https?|ftp)|\bwww)(?=[:.])/gi, '$1\u200b')
      .replace(/@(?=\w)/g, '@\u200b')
  );
}

/** In a fence longer than any inside. */
function fenced(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}

function noteText(block: NoteBlock): string {
  switch (block.kind) {
    case 'heading':
      return `### ${inline(block.content)}`;
    case 'paragraph':
      return inline(block.content);
    case 'list':
      return block.items
        .map((item, place) => `${block.ordered ? `${block.start + place}.` : '-'} ${inline(item)}`)
        .join('\n');
    case 'table': {
      const rows = [block.head, ...block.rows].map((row) => `| ${row.map(inline).join(' | ')} |`);
      rows.splice(1, 0, `|${' --- |'.repeat(block.head.length)}`);
      return rows.join('\n');
    }
    case 'code':
      return fenced(block.text);
  }
}

const marks = { text: '', strong: '**', em: '_', code: '' } as const;

function inline(content: readonly NoteInline[]): string {
  return content
    .map(({ kind, text }) =>
      piece(text).replace(/\S[^]*\S|\S/, (inner) => marks[kind] + inner + marks[kind]),
    )
    .join('');
}

/** A piece of a line, which may begin and end with a space. */
function piece(text: string): string {
  const inner = words(text);
  return `${/^\s/.test(text) ? ' ' : ''}${inner}${inner !== '' && /\s$/.test(text) ? ' ' : ''}`;
}
