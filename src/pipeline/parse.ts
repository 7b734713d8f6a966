/** From text to a pipeline, or to sentences a person can act on. Never throws. */
import { nestingDepth } from '../base/nesting.ts';
import { formatBytes, formatCount } from '../base/units.ts';
import { ceilings } from './ceilings.ts';
import { withDefaults } from './defaults.ts';
import { scanJson } from './json-syntax.ts';
import { checkGraph, checkIds } from './rules-graph.ts';
import {
  checkLimits,
  checkMachine,
  checkSource,
  checkSweepSize,
  checkTargets,
} from './rules-document.ts';
import { checkAmounts } from './rules-amounts.ts';
import { checkMeetings } from './rules-meeting.ts';
import { checkSettings } from './rules-settings.ts';
import { checkStages } from './rules-stage.ts';
import { Findings } from './rules.ts';
import { documentSchema } from './schema.ts';
import { shapeProblems } from './shape.ts';
import type { Pipeline, PipelineDocument, Problem } from './types.ts';

export interface Parsed {
  /** With every default filled in; null if there is any error. */
  pipeline: Pipeline | null;
  /** As written; there as soon as its shape is right, even if it can't run (a cycle can be drawn). */
  document: PipelineDocument | null;
  /** Errors first, then warnings; at most `ceilings.problems`. */
  problems: Problem[];
}

/** Takes JSON text, or a value that was parsed already. */
export function parseDocument(input: unknown): Parsed {
  if (typeof input !== 'string') return judged(input);
  // A string of n units has at least n bytes of UTF-8.
  if (input.length > ceilings.documentBytes) {
    const size = `${formatBytes(input.length)}: the ceiling is ${formatBytes(ceilings.documentBytes)}`;
    return failed({ severity: 'error', pointer: '', message: `the document has ${size}` });
  }
  const depth = nestingDepth(input);
  if (depth > ceilings.nesting) {
    const message = `the document is nested ${formatCount(depth)} deep: the ceiling is ${ceilings.nesting}`;
    return failed({ severity: 'error', pointer: '', message });
  }
  try {
    // A byte order mark is no JSON, but editors write it.
    return judged(JSON.parse(input.replace(/^\uFEFF/, '')));
  } catch (error) {
    return failed(syntaxProblem(input.replace(/^\uFEFF/, ''), error));
  }
}

function failed(problem: Problem): Parsed {
  return { pipeline: null, document: null, problems: [problem] };
}

function syntaxProblem(text: string, error: unknown): Problem {
  if (text.trim() === '') {
    return {
      severity: 'error',
      pointer: '',
      message: 'the document is empty: it begins with {"format": "millrace/1", "stages": […]}',
    };
  }
  const found = scanJson(text);
  if (!found)
    return { severity: 'error', pointer: '', message: `this is no JSON: ${String(error)}` };
  const { line, column, message } = found;
  return {
    severity: 'error',
    pointer: '',
    line,
    column,
    message: `this is no JSON, line ${line}, column ${column}: ${message}`,
  };
}

function judged(input: unknown): Parsed {
  const shape = shapeProblems(documentSchema, input);
  if (shape.length > 0) return { pipeline: null, document: null, problems: limited(shape) };
  const document = input as PipelineDocument;
  const findings = new Findings();
  const distinct = checkIds(document, findings);
  if (distinct) {
    checkRules(document, findings);
    const judge = (other: PipelineDocument): Problem[] => {
      const inner = new Findings();
      checkRules(other, inner);
      return inner.problems.filter((problem) => problem.severity === 'error');
    };
    checkSettings(document, findings, judge);
  }
  const { problems } = findings;
  const good = problems.every((problem) => problem.severity === 'warning');
  return {
    pipeline: good ? withDefaults(document) : null,
    document: distinct ? document : null,
    problems: limited(problems),
  };
}

function checkRules(document: PipelineDocument, findings: Findings): void {
  checkGraph(document, findings);
  checkMeetings(document, findings);
  checkAmounts(document, findings);
  checkSource(document, findings);
  checkStages(document, findings);
  checkMachine(document, findings);
  checkLimits(document, findings);
  checkTargets(document, findings);
  checkSweepSize(document, findings);
}

/** What is cited of a document may be as long as the document. */
const messageLettersMax = 600;
const brief = (problem: Problem): Problem =>
  problem.message.length <= messageLettersMax
    ? problem
    : { ...problem, message: `${problem.message.slice(0, messageLettersMax)}…` };

/** Errors first; what is beyond the ceiling is only counted. */
function limited(problems: Problem[]): Problem[] {
  const errors = problems.filter((problem) => problem.severity === 'error');
  const warnings = problems.filter((problem) => problem.severity === 'warning');
  const sorted = [...errors, ...warnings].map(brief);
  if (sorted.length <= ceilings.problems) return sorted;
  const shown = sorted.slice(0, ceilings.problems);
  const message = `there are ${sorted.length - shown.length} more problems: mend these first`;
  return [
    ...shown,
    { severity: errors.length > shown.length ? 'error' : 'warning', pointer: '', message },
  ];
}
