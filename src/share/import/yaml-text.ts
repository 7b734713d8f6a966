import { LineCounter, parseDocument } from 'yaml';
import { formatBytes } from '../../base/units.ts';
import { ceilings } from '../../pipeline/ceilings.ts';
import type { JsonPlace } from './json-place.ts';
import { Refusal, refuseLine } from './refusal.ts';

/** Some thousand lines; what is nothing but faults takes its reader a second for so many letters. */
const yamlLettersMax = 128 * 1024;

/** How often what stands behind an anchor may be put in for an alias: ten aliases of ten aliases of ten … are a bomb. */
const aliasCountMax = 100;

/**
 * YAML 1.2 as plain data; anchors and aliases are resolved.
 * @throws {Refusal} naming the line of what is no YAML, or the ceiling
 */
export function readYaml(text: string): JsonPlace {
  if (text.length > yamlLettersMax) {
    const [size, most] = [text.length, yamlLettersMax].map(formatBytes);
    throw new Refusal(`the text has ${size}, and the ceiling for YAML is ${most}`);
  }
  refuseDeep(text);
  const lines = new LineCounter();
  try {
    // Looked for key by key, duplicates take time by the square of their number.
    const document = parseDocument(text, {
      uniqueKeys: false,
      // A picture of every fault in a text of faults would take as long.
      prettyErrors: false,
      lineCounter: lines,
      logLevel: 'silent',
    });
    const [error] = document.errors;
    if (error) refuseLine(lines.linePos(error.pos[0]).line, inSentence(error.message));
    return { value: document.toJS({ maxAliasCount: aliasCountMax }) as unknown, path: '' };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    // The reader has no other words for both.
    if (error instanceof ReferenceError)
      throw new Refusal(`${tooOften}: the ceiling is ${aliasCountMax}`);
    if (error instanceof RangeError) throw new Refusal('it is nested too deeply');
    throw error;
  }
}

const tooOften = 'what stands behind its anchors (&) is put in too often by aliases (*)';

/** "Nested mappings are not allowed in compact mappings" */
const inSentence = (message: string): string =>
  message.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());

/** The reader works by recursion. Signs in strings count as well: a string with hundreds of them is no workflow. */
function refuseDeep(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (sign === '[' || sign === '{') depth++;
    else if (sign === ']' || sign === '}') depth = Math.max(0, depth - 1);
    if (depth > ceilings.nesting) {
      refuseLine(
        text.slice(0, at).split('\n').length,
        `brackets are nested more than ${ceilings.nesting} deep, the ceiling`,
      );
    }
  }
  const dashes = new RegExp(`(?:[-?][ \\t]+){${ceilings.nesting}}`).exec(text);
  if (dashes) {
    refuseLine(
      text.slice(0, dashes.index).split('\n').length,
      `lists are nested more than ${ceilings.nesting} deep, the ceiling`,
    );
  }
}
