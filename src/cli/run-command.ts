import type { RunError } from '../engine/runner.ts';
import { wholeNumber } from './arguments.ts';
import { BadInput, Failed, type Command, type Terminal } from './command.ts';
import type { HeadlessRun } from './headless-contract.ts';
import { callHeadless, withHeadlessPage } from './headless.ts';
import { documentText, readPipeline, refusePicked, setOption } from './read-document.ts';
import { formatCount, formatMs } from '../base/units.ts';
import { summaryTable } from './summary-table.ts';

/** Each is kept until the last one is done. */
const repeatMax = 1000;

export const runCommand: Command = {
  name: 'run',
  summary:
    'Runs a document on real workers in a browser that nobody sees, and prints what it measured.',
  words: ['DOC'],
  options: {
    '--repeat': { value: 'N' },
    '--set': setOption,
    '--json': { value: null },
  },
  async run(given, terminal) {
    const pipeline = await readPipeline(given, terminal);
    const repeat = wholeNumber(given, '--repeat', 1, 1, repeatMax);
    refusePicked(pipeline);
    const runs = await withHeadlessPage(terminal.err, (page) =>
      callHeadless(page, 'run', { document: documentText(pipeline), repeat }),
    );
    const broken = runs.find(({ error }) => error !== null);
    if (broken?.error) throw asFailure(broken.error);
    if (runs.length === 0) throw new Failed('the page ran nothing.');
    report(runs, given.options['--json'] !== undefined, terminal);
    return runs.some(cameToNothing) ? 1 : 0;
  },
};

/** A mistake in the stage's code has a place in it; anything else is not the document's fault. */
function asFailure({ message, stage, line, column }: RunError): Error {
  if (stage === undefined) return new Failed(message);
  const place =
    line === undefined ? '' : `, line ${line}${column === undefined ? '' : `:${column}`}`;
  const text = message.includes(stage) ? message : `stage "${stage}"${place}: ${message}`;
  return new BadInput(text);
}

/** Something failed, and nothing came out. */
function cameToNothing({ summary: { items, barrierResults } }: HeadlessRun): boolean {
  const books = barrierResults.emitted > 0 ? barrierResults : items;
  return books.delivered === 0 && items.failed + barrierResults.failed > 0;
}

/** Of several runs the one with the median makespan stands for all; the others are listed beside it. */
function report(runs: readonly HeadlessRun[], json: boolean, terminal: Terminal): void {
  const median = medianRun(runs);
  const { failures, failuresOmitted, notices, counters, environment } = median;
  if (json) {
    const makespans = runs.map(({ summary }) => summary.makespan);
    const object = {
      ...median.summary,
      ...{ failures, failuresOmitted, notices, environment },
      ...(counters.length > 0 ? { counters } : {}),
      ...(runs.length > 1 ? { makespans } : {}),
    };
    terminal.out(`${JSON.stringify(object)}\n`);
    return;
  }
  terminal.out(summaryTable(median.summary));
  if (runs.length > 1) {
    const all = runs.map(({ summary }) => formatMs(summary.makespan)).join(', ');
    terminal.out(`\nShown is the run with the median makespan of ${runs.length}: ${all}\n`);
  }
  for (const { item, stage, message, line } of failures.slice(0, shownFailures)) {
    const place = line === undefined ? '' : ` (line ${line})`;
    terminal.out(`Item ${item} failed at ${stage}${place}: ${message}\n`);
  }
  for (const { name, value, updates, writes } of counters) {
    const done = `${formatCount(updates)} updates in ${formatCount(writes)} writes`;
    terminal.out(`Counter ${name}: ${formatCount(value)} (${done})\n`);
  }
  const unshown = failures.length - shownFailures + failuresOmitted;
  if (unshown > 0) terminal.out(`… and ${unshown} more failures\n`);
  for (const notice of notices) terminal.err(`${notice}\n`);
}

const shownFailures = 10;

/** The lower of the two in the middle when their number is even: always a run that happened. */
function medianRun(runs: readonly HeadlessRun[]): HeadlessRun {
  const sorted = [...runs].sort((a, b) => a.summary.makespan - b.summary.makespan);
  return sorted[Math.floor((sorted.length - 1) / 2)]!;
}
