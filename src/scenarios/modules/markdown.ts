export interface Heading {
  /** 1 … 6. */
  level: number;
  title: string;
  /** 1-based. */
  line: number;
}

/** The headings of a Markdown text, in order; what stands inside code fences is no heading. */
export function outlineOf(markdown: string): Heading[] {
  const headings: Heading[] = [];
  for (const { text, line, fenced } of linesOf(markdown)) {
    const match = fenced ? null : /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(text);
    if (!match) continue;
    const title = plain(match[2] ?? '');
    if (title !== '') headings.push({ level: (match[1] ?? '').length, title, line });
  }
  return headings;
}

/** The first paragraph of running text: no heading, badge, quote, list, table or code. "" if there is none. */
export function firstParagraph(markdown: string): string {
  const paragraph: string[] = [];
  for (const { text, fenced } of linesOf(markdown)) {
    const words = fenced || /^\s*([#>|<`*+-]|\d+\.)/.test(text) ? '' : plain(text);
    if (words !== '') paragraph.push(words);
    else if (paragraph.length > 0) break;
  }
  return paragraph.join(' ');
}

function* linesOf(markdown: string): Generator<{ text: string; line: number; fenced: boolean }> {
  let fence: string | null = null;
  let line = 0;
  for (const text of markdown.split(/\r\n|\n|\r/)) {
    line++;
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(text)?.[1];
    const fenced = fence !== null || mark !== undefined;
    if (mark !== undefined) {
      if (fence === null) fence = mark;
      else if (mark.startsWith(fence)) fence = null;
    }
    yield { text, line, fenced };
  }
}

/** Inline Markdown as plain words: images dropped, links by their text, marks removed. */
function plain(text: string): string {
  return text
    .replace(/!\[[^\]]*\](\([^)]*\)|\[[^\]]*\])/g, '')
    .replace(/\[([^\]]*)\](\([^)]*\)|\[[^\]]*\])/g, '$1')
    .replace(/<[^>]*>/g, '')
    .replace(/[`*_]{1,3}([^`*_]+)[`*_]{1,3}/g, '$1')
    .trim();
}
