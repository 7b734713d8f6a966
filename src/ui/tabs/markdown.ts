/** The little Markdown that notes use, as data: nothing of it ever becomes HTML text, and nothing is loaded. */
export interface Inline {
  kind: 'text' | 'strong' | 'em' | 'code';
  text: string;
}
export type Align = 'left' | 'right' | 'center';
export type Block =
  | { kind: 'heading' | 'paragraph'; content: Inline[] }
  | { kind: 'list'; ordered: boolean; start: number; items: Inline[][] }
  | { kind: 'table'; align: Align[]; head: Inline[][]; rows: Inline[][][] }
  | { kind: 'code'; text: string };

export function parseMarkdown(markdown: string): Block[] {
  const blocks: Block[] = [];
  const lines = markdown.replaceAll('\r\n', '\n').split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    if (line.startsWith('```')) {
      const end = lines.indexOf('```', at + 1);
      const last = end < 0 ? lines.length : end;
      blocks.push({ kind: 'code', text: lines.slice(at + 1, last).join('\n') });
      at = last;
    } else if (/^#{1,6} /.test(line)) {
      blocks.push({ kind: 'heading', content: parseInline(line.replace(/^#+ /, '')) });
    } else if (isListItem(line)) {
      const items: string[] = [];
      const ordered = isNumbered(line);
      /** The numbers after the first do not matter: that is how Markdown counts. */
      const start = ordered ? Number.parseInt(line.trim(), 10) : 1;
      const isNext = (next: string): boolean => isListItem(next) && isNumbered(next) === ordered;
      for (; at < lines.length && (isNext(lines[at]!) || isContinued(lines[at]!)); at++) {
        if (isNext(lines[at]!)) items.push(lines[at]!.replace(/^\s*([-*]|\d+\.) /, ''));
        else items.push(`${items.pop() ?? ''} ${lines[at]!.trim()}`);
      }
      at--;
      blocks.push({ kind: 'list', ordered, start, items: items.map(parseInline) });
    } else if (isTable(lines, at)) {
      const head = cells(line);
      const align = cells(lines[at + 1]!).map(alignOf);
      const rows: string[][] = [];
      for (at += 2; at < lines.length && lines[at]!.trim().startsWith('|'); at++)
        rows.push(head.map((_, column) => cells(lines[at]!)[column] ?? ''));
      at--;
      blocks.push({
        kind: 'table',
        align,
        head: head.map(parseInline),
        rows: rows.map((row) => row.map(parseInline)),
      });
    } else if (line.trim() !== '') {
      const text: string[] = [];
      for (; at < lines.length && isRunningText(lines, at); at++) text.push(lines[at]!.trim());
      at--;
      blocks.push({ kind: 'paragraph', content: parseInline(text.join(' ')) });
    }
  }
  return blocks;
}

const isListItem = (line: string): boolean => /^\s*([-*]|\d+\.) /.test(line);
const isNumbered = (line: string): boolean => /^\s*\d+\. /.test(line);
const isContinued = (line: string): boolean => /^ +\S/.test(line) && !isListItem(line);
const isRunningText = (lines: readonly string[], at: number): boolean =>
  lines[at]!.trim() !== '' && !isListItem(lines[at]!) && !isTable(lines, at);

/** A row of names over a row of dashes, as many of each. */
function isTable(lines: readonly string[], at: number): boolean {
  const [head = '', rule = ''] = [lines[at], lines[at + 1]];
  if (!head.trim().startsWith('|') || !/^\s*\|(\s*:?-+:?\s*\|)+\s*$/.test(rule)) return false;
  return cells(head).length === cells(rule).length;
}

/** The texts between the bars of a row. */
function cells(row: string): string[] {
  const inner = row.trim().replace(/^\||\|$/g, '');
  return inner.split('|').map((cell) => cell.trim());
}

function alignOf(dashes: string): Align {
  if (!dashes.endsWith(':')) return 'left';
  return dashes.startsWith(':') ? 'center' : 'right';
}

/** Links and images show their words only: an address in a stranger's document is nothing to press. */
function parseInline(text: string): Inline[] {
  const plain = text.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1');
  const parts = plain.split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*]+\*|\b_[^_]+_\b)/);
  return parts
    .filter((part) => part !== '')
    .map((part): Inline => {
      if (/^`[^`]+`$/.test(part)) return { kind: 'code', text: part.slice(1, -1) };
      if (/^\*\*[^*]+\*\*$/.test(part)) return { kind: 'strong', text: part.slice(2, -2) };
      if (/^(\*[^*]+\*|_[^_]+_)$/.test(part)) return { kind: 'em', text: part.slice(1, -1) };
      return { kind: 'text', text: part };
    });
}
