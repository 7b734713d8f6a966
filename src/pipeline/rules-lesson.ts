/** Rules about how the steps of a lesson are graded: what is asked can be answered by the run. */
import { suggest } from '../base/suggest.ts';
import { lessonCharts } from './lesson-charts.ts';
import { quantityFault } from './run-quantities.ts';
import { Findings } from './rules.ts';
import type { LessonStep, PipelineDocument, Problem } from './types.ts';

/**
 * What is wrong with the lesson of a document whose shape is right. None of it keeps a document from running, so it
 * is asked only where a lesson is read or written.
 */
export function lessonProblems({ lesson = [], stages }: PipelineDocument): Problem[] {
  const findings = new Findings();
  const ids = stages.map(({ id }) => id);
  for (const [index, step] of lesson.entries()) {
    checkChart(step, index, findings);
    const { grade } = step;
    if (!grade) continue;
    const at = ['lesson', index, 'grade'];
    if (step.ask === undefined)
      findings.error(at, 'grades a guess that nobody is asked for: give the step an "ask"');
    const fault = quantityFault(grade.quantity, ids);
    if (fault !== null) findings.error([...at, 'quantity'], fault);
    checkAgainst(lesson, index, findings);
    checkLimits(step, index, findings);
  }
  return findings.problems;
}

function checkAgainst(lesson: LessonStep[], index: number, findings: Findings): void {
  const { against } = lesson[index]!.grade!;
  if (against === undefined) return;
  const others = lesson.filter((_, other) => other !== index).map(({ title }) => title);
  const same = others.filter((title) => title === against);
  if (same.length === 1) return;
  const nearest = suggest(against, others);
  const hint = nearest === null ? 'write the title of another step' : `did you mean "${nearest}"?`;
  findings.error(
    ['lesson', index, 'grade', 'against'],
    same.length > 1
      ? `is "${against}", the title of several steps: give each a title of its own`
      : `is "${against}", the title of no other step: ${hint}`,
  );
}

function checkLimits({ answers, grade }: LessonStep, index: number, findings: Findings): void {
  const { limits, within } = grade!;
  const at = ['lesson', index, 'grade'];
  if (answers === undefined || answers.length === 0) {
    if (limits)
      findings.error([...at, 'limits'], 'divide answers, and there are none: use "within"');
    if (within === undefined)
      findings.error(at, 'says not how near a number must be: give "answers", or "within": 0.1');
    return;
  }
  if (within !== undefined)
    findings.error(
      [...at, 'within'],
      'is for guessed numbers, and this step has answers to choose',
    );
  const wanted = answers.length - 1;
  if (limits?.length !== wanted) {
    findings.error(
      limits ? [...at, 'limits'] : at,
      wanted === 0
        ? 'has nothing to tell apart: give at least two answers'
        : `needs ${wanted} ${wanted === 1 ? 'limit' : 'limits'} to divide ${answers.length} answers`,
    );
    return;
  }
  const rises = limits.every((limit, i) => i === 0 || limit > limits[i - 1]!);
  const falls = limits.every((limit, i) => i === 0 || limit < limits[i - 1]!);
  if (!rises && !falls)
    findings.error([...at, 'limits'], 'must all rise or all fall, as the answers do');
}

function checkChart({ show }: LessonStep, index: number, findings: Findings): void {
  if (show === undefined || (lessonCharts as readonly string[]).includes(show)) return;
  const nearest = suggest(show, lessonCharts);
  const names = lessonCharts.map((name) => `"${name}"`).join(', ');
  findings.warn(
    ['lesson', index, 'show'],
    `is "${show}", which is no chart: ${nearest === null ? '' : `did you mean "${nearest}"? `}it can be ${names}`,
  );
}
