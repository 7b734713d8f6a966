/** The little Markdown that notes use, as data: nothing of it ever becomes HTML text, and nothing is loaded. */
export interface Inline {
  kind: 'text' | 'strong' | 'em' | 'code';
  text: string;
}
export type Block =
  | { kind: 'heading' | 'paragraph'; content: Inline[] }
  | { kind: 'list'; items: Inline[][] }
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
      for (; at < lines.length && (isListItem(lines[at]!) || /^ +\S/.test(lines[at]!)); at++) {
        if (isListItem(lines[at]!)) items.push(lines[at]!.replace(/^\s*([-*]|\d+\.) /, ''));
        else items.push(`${items.pop() ?? ''} ${lines[at]!.trim()}`);
      }
      at--;
      blocks.push({ kind: 'list', items: items.map(parseInline) });
    } else if (line.trim() !== '') {
      const text: string[] = [];
      for (; at < lines.length && lines[at]!.trim() !== '' && !isListItem(lines[at]!); at++)
        text.push(lines[at]!.trim());
      at--;
      blocks.push({ kind: 'paragraph', content: parseInline(text.join(' ')) });
    }
  }
  return blocks;
}

const isListItem = (line: string): boolean => /^\s*([-*]|\d+\.) /.test(line);

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
