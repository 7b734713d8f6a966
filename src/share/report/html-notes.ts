import { escapeXml as escape } from '../../charts/svg/escape.ts';
import type { NoteBlock, NoteInline } from './report.ts';

/** The notes of a document as HTML; headings stand below those of the report. */
export function notesHtml(blocks: readonly NoteBlock[]): string {
  return blocks.map(blockHtml).join('\n');
}

function blockHtml(block: NoteBlock): string {
  switch (block.kind) {
    case 'heading':
      return `<h3>${inline(block.content)}</h3>`;
    case 'paragraph':
      return `<p>${inline(block.content)}</p>`;
    case 'list': {
      const items = block.items.map((item) => `<li>${inline(item)}</li>`).join('');
      return block.ordered ? `<ol start="${block.start}">${items}</ol>` : `<ul>${items}</ul>`;
    }
    case 'table': {
      const head = block.head.map((cell) => `<th scope="col">${inline(cell)}</th>`).join('');
      const rows = block.rows.map(
        (row) => `<tr>${row.map((cell) => `<td>${inline(cell)}</td>`).join('')}</tr>`,
      );
      return `<div class="wide" tabindex="0" role="region" aria-label="Table in the notes"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
    }
    case 'code':
      return `<pre tabindex="0" role="region" aria-label="Code in the notes">${escape(block.text)}</pre>`;
  }
}

const tags = { text: null, strong: 'strong', em: 'em', code: 'code' } as const;

function inline(content: readonly NoteInline[]): string {
  return content
    .map(({ kind, text }) => {
      const tag = tags[kind];
      return tag === null ? escape(text) : `<${tag}>${escape(text)}</${tag}>`;
    })
    .join('');
}
