import { deflateRawSync } from 'node:zlib';
import type { Result } from '../../../src/base/result.ts';
import { same } from '../../../src/base/same-json.ts';
import { ceilings } from '../../../src/pipeline/ceilings.ts';
import { parseDocument } from '../../../src/pipeline/parse.ts';
import type { PipelineDocument } from '../../../src/pipeline/types.ts';
import { readBaseline } from '../../../src/share/baseline.ts';
import { documentLines } from '../../../src/share/document-text.ts';
import {
  importAny,
  importAs,
  importFormats,
  importText,
} from '../../../src/share/import/import-text.ts';
import { toBase64Url } from '../../../src/share/link/base64url.ts';
import { readLink } from '../../../src/share/link/link-text.ts';
import { claims } from '../../../src/scenarios/claims/index.ts';
import { readLedgerFile } from '../../../src/share/ledger/ledger-file.ts';
import { readLedgerLink } from '../../../src/share/ledger/ledger-link.ts';
import { readResultFile } from '../../../src/share/link/result-file.ts';

/** A sentence is not the place for a whole file, or for what a program says to itself. */
const sentenceLettersMax = 800;

/**
 * Gives a text to everything that reads texts from outside. Whatever it is, each reads it, to a document within all
 * ceilings, or refuses it in one sentence; none throws.
 * @returns the readers that took it
 * @throws an error that says which reader broke that, and how
 */
export async function judgeText(text: string): Promise<string[]> {
  const took: string[] = [];
  const judge = (
    reader: string,
    result: Result<{ document: PipelineDocument }>,
    isWhole: boolean,
  ) => {
    if (result.ok) took.push(reader);
    const fault = result.ok
      ? documentFault(result.value.document)
      : sentenceFault(result.error, isWhole);
    if (fault !== null) throw new Error(`${reader}: ${fault}`);
  };
  for (const format of importFormats) judge(format, importAs(format, text, 'x'), false);
  // It tries the others, too.
  judge('stg', importText('stg', text, 'x'), false);
  judge('any import', importAny(text, 'x'), false);
  judge('baseline', readBaseline(text), true);
  judge('result file', readResultFile(text), true);
  judge('link', await readLink(text), true);
  const packed = toBase64Url(new Uint8Array(deflateRawSync(text)));
  judge('packed link', await readLink(`#1.${packed}`), true);
  const ledgers = {
    'ledger file': readLedgerFile(text, claims),
    'ledger link': await readLedgerLink(text, claims),
    'packed ledger': await readLedgerLink(`#ledger.1.${packed}`, claims),
  };
  for (const [reader, read] of Object.entries(ledgers)) {
    if (read.ok) took.push(reader);
    const fault = read.ok ? null : sentenceFault(read.error, true);
    if (fault !== null) throw new Error(`${reader}: ${fault}`);
  }
  const { document, problems } = parseDocument(text);
  for (const { message } of problems) {
    const fault = sentenceFault(message, false);
    if (fault !== null) throw new Error(`document: ${fault}`);
  }
  if (document !== null) took.push('document');
  return took;
}

function sentenceFault(sentence: string, isWhole: boolean): string | null {
  const said = JSON.stringify(sentence.slice(0, 1000));
  if (sentence.length > sentenceLettersMax)
    return `a sentence of ${sentence.length} letters, ${said}`;
  if (/[\n\r]/.test(sentence)) return `more than a line, ${said}`;
  // In quotes they are the reader's own words.
  const own = sentence.replace(/"(?:[^"\\]|\\.)*"|“[^”]*”/g, '');
  if (/undefined|\[object/.test(own)) return `no words for people, ${said}`;
  return isWhole && !/^[A-Z“].*\.$/s.test(sentence) ? `no sentence, ${said}` : null;
}

/** A second reading finds the same document, and nothing in it is beyond the ceilings. */
function documentFault(document: PipelineDocument): string | null {
  const { stages, source } = document;
  if (stages.length > ceilings.stages) return `${stages.length} stages`;
  if (source?.kind === 'count' && source.count > ceilings.items) return `${source.count} items`;
  const lines = documentLines(document);
  const again = parseDocument(lines);
  if (again.pipeline === null) return `a document that is refused: ${again.problems[0]?.message}`;
  return same(again.document, JSON.parse(JSON.stringify(document)))
    ? null
    : 'a document that reads otherwise as text';
}
