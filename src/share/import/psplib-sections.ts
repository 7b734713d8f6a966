import { durationMs, numberLines, readNumber, wholeIn, type NumberLine } from './number-lines.ts';
import type { Activity, Project } from './project.ts';
import { Refusal, refuseLine } from './refusal.ts';

const headings = ['PRECEDENCE RELATIONS', 'REQUESTS/DURATIONS', 'RESOURCEAVAILABILITIES'] as const;
type Heading = (typeof headings)[number];

/** Whether a text has the headings of a `.sm` file, or the first of them. */
export const hasSections = (text: string): boolean => text.includes(`${headings[0]}:`);

/**
 * A project as PSPLIB has it (`.sm`, single mode): successors, then durations and demands, then capacities,
 * each a section of rows under its heading.
 * @throws {Refusal}
 */
export function readPsplibSections(text: string): Project {
  refuseOtherResources(text);
  const jobs = announcedJobs(text);
  const precedence = section(text, 'PRECEDENCE RELATIONS', jobs);
  const successors = precedence.map((row, index) => successorsOf(row, index, jobs));
  const requests = section(text, 'REQUESTS/DURATIONS', jobs);
  const [available] = section(text, 'RESOURCEAVAILABILITIES', 1);
  const capacities = available!.values.map((capacity, resource) =>
    wholeIn(capacity, `the capacity of resource ${resource + 1}`, available!.line, 0),
  );
  const activities = requests.map((row, index): Activity => {
    checkJob(row, index, 'its number, mode, duration and demands');
    const [, , duration, ...demands] = row.values;
    const job = `job ${index + 1}`;
    if (demands.length !== capacities.length) {
      const found = `${demands.length} demands where there are ${capacities.length} resources`;
      refuseLine(row.line, `${job} has ${found}`);
    }
    return {
      line: row.line,
      durationMs: durationMs(duration!, job, row.line),
      demands: demands.map((demand, resource) =>
        wholeIn(demand, `the demand of ${job} for resource ${resource + 1}`, row.line, 0),
      ),
      successors: successors[index]!,
    };
  });
  return { capacities, activities };
}

function successorsOf(row: NumberLine, index: number, jobs: number): number[] {
  checkJob(row, index, 'its number, modes, number of successors and those');
  const [, modes, count, ...successors] = row.values;
  const job = `job ${index + 1}`;
  if (modes !== 1)
    refuseLine(row.line, `${job} has ${modes} modes; only projects of one mode can be read`);
  if (count !== successors.length) {
    refuseLine(row.line, `${job} announces ${count} successors and lists ${successors.length}`);
  }
  return successors.map((to) => wholeIn(to, `a successor of ${job}`, row.line, 1, jobs));
}

function checkJob({ line, values }: NumberLine, index: number, expected: string): void {
  if (values[0] !== index + 1) {
    refuseLine(line, `job ${values[0]} stands where job ${index + 1} is expected`);
  }
  if (values.length < 3)
    refuseLine(line, `job ${index + 1} has too few numbers: ${expected} are expected`);
}

function announcedJobs(text: string): number {
  const found = /^[ \t]*jobs\b[^:\n]*:\s*(\S+)/m.exec(text);
  if (!found)
    throw new Refusal('there is no line "jobs (incl. supersource/sink ): …" before the sections');
  const line = lineAt(text, found.index);
  return wholeIn(readNumber(found[1]!, line), 'the number of jobs', line, 1);
}

/** Resources that are used up are beyond shared limits, which are given back. */
function refuseOtherResources(text: string): void {
  for (const kind of ['nonrenewable', 'doubly constrained']) {
    const found = new RegExp(`^[ \\t]*-[ \\t]*${kind}[ \\t]*:[ \\t]*([1-9]\\d*)`, 'm').exec(text);
    if (found) {
      const line = lineAt(text, found.index);
      refuseLine(line, `there are ${found[1]} ${kind} resources; only renewable ones can be read`);
    }
  }
}

/** The rows of numbers under a heading, up to the next line of asterisks or the end. */
function section(text: string, heading: Heading, rows: number): NumberLine[] {
  const at = text.indexOf(`${heading}:`);
  if (at < 0) {
    const end = lineAt(text, text.trimEnd().length);
    refuseLine(end, `the text ends before the section ${heading}`);
  }
  const from = text.indexOf('\n', at) + 1 || text.length;
  const end = text.indexOf('\n***', from);
  const body = text.slice(from, end < 0 ? undefined : end);
  const headLine = lineAt(text, from);
  // Words name the columns, dashes rule them off.
  const data = body.replace(/^[ \t]*([a-zA-Z].*|-{2,}.*)$/gm, '');
  if (data.trim() === '') refuseLine(headLine, `nothing stands under ${heading}`);
  const found = numberLines(data).map(({ line, values }) => ({
    line: line + headLine - 1,
    values,
  }));
  if (found.length !== rows) {
    refuseLine(
      found.at(-1)!.line,
      `${heading} ends after ${found.length} rows where ${rows} are expected`,
    );
  }
  return found;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
