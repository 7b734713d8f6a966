import { escapeXml as escape } from '../../charts/svg/escape.ts';
import { notesHtml } from './html-notes.ts';
import { reportStyle } from './html-style.ts';
import type { Report, ReportBlock, ReportPicture, ReportSection, ReportTable } from './report.ts';

/** Not even what a fault of ours would let in could fetch, run or send anything. */
const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/**
 * A report as one HTML file: no scripts, nothing from the network, light or dark as the reader's system has
 * it, and light on paper. All text is escaped; pictures are images, in which nothing runs.
 */
export function htmlReport(report: Report): string {
  const { title, madeAt, sections, missing } = report;
  const contents = sections.map(
    (section, place) => `<li><a href="#${idOf(place)}">${escape(section.title)}</a></li>`,
  );
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escape(title)} – report</title>`,
    `<style>${reportStyle}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<header><h1>${escape(title)}</h1><p class="made">Report made with Millrace, ${escape(madeAt)}</p></header>`,
    `<nav aria-label="Contents"><ul>${contents.join('')}</ul></nav>`,
    ...sections.map(sectionHtml),
    ...(missing.length > 0 ? [missingHtml(missing)] : []),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const idOf = (place: number): string => `part-${place + 1}`;

function sectionHtml({ title, blocks }: ReportSection, place: number): string {
  const inner = blocks.map(blockHtml).join('\n');
  return `<section id="${idOf(place)}" aria-labelledby="${idOf(place)}-title">\n<h2 id="${idOf(place)}-title">${escape(title)}</h2>\n${inner}\n</section>`;
}

function missingHtml(missing: readonly string[]): string {
  const items = missing.map((sentence) => `<li>${escape(sentence)}</li>`).join('');
  return `<section aria-labelledby="missing-title">\n<h2 id="missing-title">Not in this report</h2>\n<ul>${items}</ul>\n</section>`;
}

function blockHtml(block: ReportBlock): string {
  switch (block.kind) {
    case 'text':
      return `<p>${escape(block.text)}</p>`;
    case 'verdict':
      return `<p class="verdict ${block.tone}">${escape(block.text)}</p>`;
    case 'facts':
      return `<dl>${block.facts
        .map(([name, value]) => `<div><dt>${escape(name)}</dt><dd>${escape(value)}</dd></div>`)
        .join('')}</dl>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escape(item)}</li>`).join('')}</ul>`;
    case 'table':
      return tableHtml(block);
    case 'picture':
      return pictureHtml(block);
    case 'notes':
      return `<div class="notes">${notesHtml(block.blocks)}</div>`;
    case 'source':
      return `<details><summary>${escape(block.title)}</summary><pre tabindex="0" role="region" aria-label="${escape(block.title)}">${escape(block.text)}</pre></details>`;
  }
}

function tableHtml({ caption, head, rows, numeric }: ReportTable): string {
  const attribute = (column: number): string => (numeric.includes(column) ? ' class="number"' : '');
  const heads = head.map((text, i) => `<th scope="col"${attribute(i)}>${escape(text)}</th>`);
  const body = rows.map((row) => {
    const cells = row.map((text, i) =>
      i === 0 ? `<th scope="row">${escape(text)}</th>` : `<td${attribute(i)}>${escape(text)}</td>`,
    );
    return `<tr>${cells.join('')}</tr>`;
  });
  // What is wider than a phone is scrolled in a frame of its own, by keyboard as well.
  return `<div class="wide" tabindex="0" role="region" aria-label="${escape(caption)}"><table><caption>${escape(caption)}</caption><thead><tr>${heads.join('')}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

/** Half a character, as where a name was cut in two, is no text that an address can hold. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');

function pictureHtml({ caption, label, light, dark }: ReportPicture): string {
  const image = (svg: string, theme: string): string =>
    `<img class="${theme}" src="data:image/svg+xml,${encodeURIComponent(wellFormed(svg))}" alt="${escape(label)}">`;
  return `<figure><div class="picture">${image(light, 'light')}${image(dark, 'dark')}</div><figcaption>${escape(caption)}</figcaption></figure>`;
}
