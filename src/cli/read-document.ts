import { suggest } from '../base/suggest.ts';
import { ceilings } from '../pipeline/ceilings.ts';
import { toDocument } from '../pipeline/to-document.ts';
import { applySet } from '../pipeline/edit.ts';
import { parseDocument } from '../pipeline/parse.ts';
import type { Pipeline, PipelineDocument, Problem } from '../pipeline/types.ts';
import { gallery } from '../scenarios/index.ts';
import { onlyLink } from '../share/link/link-in.ts';
import { readLink } from '../share/link/link-text.ts';
import { isResultFile } from '../share/link/result-file.ts';
import { BadInput, type Given, type Terminal } from './command.ts';
import { readStream, readTextFile } from './read-text.ts';

export const setOption = { value: '/pointer=value', repeated: true };

/**
 * The document that a command's first word and its `--set` options mean, checked.
 * The word is a file, "-" for standard input, a link, or a name from the gallery.
 * @throws {BadInput} with the first problem, in one sentence
 */
export async function readPipeline(given: Given, terminal: Terminal): Promise<Pipeline> {
  const name = given.words[0]!;
  const input = await readInput(name, terminal);
  if (typeof input === 'string' && isResultFile(input)) {
    throw new BadInput(
      `${name === '-' ? 'that' : name} is a result that somebody measured, not a document: open it on the page, and save the document from there.`,
    );
  }
  const { document, pipeline } = checked(input);
  const assignments = given.options['--set'] ?? [];
  if (assignments.length === 0) return pipeline;
  const changed = applySet(document, Object.fromEntries(assignments.map(setting)));
  if (!changed.ok) throw new BadInput(changed.error);
  return checked(changed.value).pipeline;
}

/** Files are picked by hand on the page; nobody is there to do it. @throws {BadInput} */
export function refusePicked({ source }: Pick<Pipeline, 'source'>): void {
  if (source.kind !== 'files') return;
  throw new BadInput(
    'source.kind is "files", which are picked on the page; in the terminal use "values", "code" or "corpus".',
  );
}

/** The pipeline as a document's text, for a page to open. */
export const documentText = (pipeline: Pipeline): string => JSON.stringify(toDocument(pipeline));

async function readInput(name: string, terminal: Terminal): Promise<string | PipelineDocument> {
  const most = ceilings.documentBytes;
  if (name === '-') return readStream(terminal.stdin, most);
  const link = onlyLink(name);
  if (link !== null) {
    const read = await readLink(link);
    if (!read.ok) throw new BadInput(read.error);
    return read.value.document;
  }
  const entry = gallery.find(({ id }) => id === name);
  // A folder may have the name of a gallery's document; it is not what is meant then.
  const text = await readTextFile(name, most).catch((error: unknown) => {
    if (entry === undefined) throw error;
    return null;
  });
  if (text !== null) return text;
  if (entry !== undefined) return entry.load();
  if (/[./\\]/.test(name)) throw new BadInput(`there is no file "${name}".`);
  const ids = gallery.map(({ id }) => id);
  const nearest = suggest(name, ids);
  const hint =
    nearest === null ? `the gallery has ${ids.join(', ')}` : `did you mean "${nearest}"?`;
  throw new BadInput(`"${name}" is no file and no name in the gallery; ${hint}`);
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
const setting = (assignment: string): [string, unknown] =>
  assigned('--set', assignment, '/machine/workers=4');

/** Of "/pointer=value" both. @param option for the sentence that refuses it. @throws {BadInput} */
export function assigned(
  option: string,
  assignment: string,
  example: string,
): [pointer: string, value: unknown] {
  const equals = assignment.indexOf('=');
  if (equals < 0 || !assignment.startsWith('/')) {
    throw new BadInput(`${option} is "${assignment}"; it takes /pointer=value, as in ${example}.`);
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
