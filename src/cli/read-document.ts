import { readFile, stat } from 'node:fs/promises';
import { suggest } from '../base/suggest.ts';
import { toDocument } from '../pipeline/defaults.ts';
import { applySet } from '../pipeline/edit.ts';
import { parseDocument } from '../pipeline/parse.ts';
import type { Pipeline, PipelineDocument, Problem } from '../pipeline/types.ts';
import { gallery } from '../scenarios/index.ts';
import { BadInput, type Given, type Terminal } from './command.ts';

export const setOption = { value: '/pointer=value', repeated: true };

/**
 * The document that a command's first word and its `--set` options mean, checked.
 * The word is a file, "-" for standard input, or a name from the gallery.
 * @throws {BadInput} with the first problem, in one sentence
 */
export async function readPipeline(given: Given, terminal: Terminal): Promise<Pipeline> {
  const name = given.words[0]!;
  const { document, pipeline } = checked(await readInput(name, terminal));
  const assignments = given.options['--set'] ?? [];
  if (assignments.length === 0) return pipeline;
  const changed = applySet(document, Object.fromEntries(assignments.map(pointerAndValue)));
  if (!changed.ok) throw new BadInput(changed.error);
  return checked(changed.value).pipeline;
}

/** The pipeline as a document's text, for a page to open. */
export const documentText = (pipeline: Pipeline): string => JSON.stringify(toDocument(pipeline));

async function readInput(name: string, terminal: Terminal): Promise<string | PipelineDocument> {
  if (name === '-') return readAll(terminal.stdin);
  const entry = gallery.find(({ id }) => id === name);
  if (await isFile(name)) return readFile(name, 'utf8');
  if (entry !== undefined) return entry.load();
  if (/[./\\]/.test(name)) throw new BadInput(`there is no file "${name}".`);
  const ids = gallery.map(({ id }) => id);
  const nearest = suggest(name, ids);
  const hint =
    nearest === null ? `the gallery has ${ids.join(', ')}` : `did you mean "${nearest}"?`;
  throw new BadInput(`"${name}" is no file and no name in the gallery; ${hint}`);
}

/** A whole stream as text. */
export async function readAll(stream: AsyncIterable<Uint8Array | string>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of stream) {
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

function checked(input: string | PipelineDocument): {
  document: PipelineDocument;
  pipeline: Pipeline;
} {
  const { document, pipeline, problems } = parseDocument(input);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (document !== null && pipeline !== null && errors.length === 0) return { document, pipeline };
  throw new BadInput(firstOf(errors));
}

function firstOf(errors: readonly Problem[]): string {
  const [first, ...others] = errors;
  if (first === undefined) return 'the document cannot be read.';
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return first.message + more;
}

/** "/stages/resize/permits=4": the value is JSON, or else plain text. */
function pointerAndValue(assignment: string): [string, unknown] {
  const equals = assignment.indexOf('=');
  if (equals < 0 || !assignment.startsWith('/')) {
    throw new BadInput(
      `--set is "${assignment}"; it takes /pointer=value, as in /machine/workers=4.`,
    );
  }
  return [assignment.slice(0, equals), jsonOrText(assignment.slice(equals + 1))];
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
