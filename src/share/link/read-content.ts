/** What links and files of results say, checked like everything from outside. */
import { nestingDepth } from '../../base/nesting.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import { formatBytes, formatCount } from '../../base/units.ts';
import { ceilings } from '../../pipeline/ceilings.ts';
import { parseDocument } from '../../pipeline/parse.ts';
import type { LinkContent } from './link-content.ts';
import { contentShapeFault } from './link-schema.ts';

/** The most it may be, as JSON: a document takes most of it. */
export const contentBytesMax = ceilings.documentBytes + 1024 * 1024;
/** The document is one deep in it. */
const nestingMax = ceilings.nesting + 1;

/** In sentences: "The link’s content …", "In the link, …". */
export type Carrier = 'link' | 'result’s file';

/**
 * The value that a text stands for, before anything is known of it but that it is JSON and no deeper than it may be.
 * @param damaged the sentence where it is no JSON
 */
export function readJson(text: string, carrier: Carrier, damaged: string): Result<unknown> {
  const depth = nestingDepth(text);
  if (depth > nestingMax) {
    return fail(
      `The ${carrier}’s content is nested ${formatCount(depth)} deep: the ceiling is ${nestingMax}.`,
    );
  }
  try {
    return ok(JSON.parse(text));
  } catch {
    return fail(damaged);
  }
}

/** The value if it is what a link carries, with a document that can be run; or what is wrong, in one sentence. */
export function checkContent(value: unknown, carrier: Carrier): Result<LinkContent> {
  const fault = contentShapeFault(value, carrier);
  if (fault !== null) return fail(fault);
  const { document } = value as { document: unknown };
  if (JSON.stringify(document).length > ceilings.documentBytes) {
    return fail(
      `The ${carrier}’s document has more than ${formatBytes(ceilings.documentBytes)}, the ceiling.`,
    );
  }
  const { problems } = parseDocument(document);
  const error = problems.find(({ severity }) => severity === 'error');
  if (error) return fail(`In the ${carrier}’s document, ${error.message}.`);
  const content = value as LinkContent;
  const misfit = answersFault(content);
  return misfit === null ? ok(content) : fail(`In the ${carrier}, ${misfit}.`);
}

/** What of the answers does not go with the lesson they came with; null: all of it does. */
function answersFault({ document: { lesson = [] }, answers }: LinkContent): string | null {
  if (!answers) return null;
  if (answers.steps.length !== lesson.length)
    return `there are ${answers.steps.length} answers to a lesson of ${lesson.length} steps`;
  const at = answers.steps.findIndex(({ guess }, step) => {
    const { answers: choices = [] } = lesson[step]!;
    return (
      guess !== null && choices.length > 0 && !(Number.isInteger(guess) && guess < choices.length)
    );
  });
  return at < 0 ? null : `answers.steps[${at}].guess is none of the answers of that step`;
}
