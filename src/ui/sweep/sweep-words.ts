import { csvLine } from '../../base/csv.ts';
import { formatCount, formatMs, formatPercent } from '../../base/units.ts';
import { cellCosts } from '../../explore/cell-costs.ts';
import { equalShare, type FrontMember } from '../../explore/front.ts';
import { cellSet, placeOf, type SweepAxis } from '../../explore/sweep.ts';
import { fewestLost, figureOf, type Measure, type Outcomes } from '../../explore/trade-off.ts';
import type { TrialOutcome } from '../../explore/trials.ts';
import { formatSpeedup } from '../../measure/speedup.ts';
import type { PipelineDocument } from '../../pipeline/types.ts';
import { settingKind, settingText } from '../inspector/setting-kind.ts';
import { settingTitle } from '../inspector/settings.ts';
import type { MeasuredCell } from './measured-cells.ts';
import { measureNames, measures } from './measures.ts';
import { asGood, bestCell, leastFigure } from './sweep-view.ts';

/** The words of a sweep's fields, worked out once: a table of thousands of cells asks for them over and over. */
export class SweepWords {
  readonly titles: readonly string[];
  /** Each field's values as text. */
  readonly values: readonly (readonly string[])[];
  /** Of two cells; below 0: the first takes less. */
  readonly compareCosts: (a: number, b: number) => number;
  private readonly axes: readonly SweepAxis[];

  constructor(document: PipelineDocument, axes: readonly SweepAxis[]) {
    this.axes = axes;
    this.compareCosts = cellCosts(document, axes);
    this.titles = axes.map(({ pointer }) => settingTitle(document, pointer));
    this.values = axes.map(({ pointer, values }) => {
      const kind = settingKind(document, pointer);
      return values.map((value) => settingText(kind, value));
    });
  }

  /** The value of each field in a cell, as text. */
  valuesOf(cell: number): string[] {
    return placeOf(this.axes, cell).map((at, axis) => this.values[axis]![at]!);
  }

  /** "Workers 2, Resize: Permits 4". */
  nameOf(cell: number): string {
    return this.valuesOf(cell)
      .map((value, axis) => `${this.titles[axis]} ${value}`)
      .join(', ');
  }
}

/** "612 ms", or why there is no figure. */
export function figureText(outcome: TrialOutcome | undefined, measure: Measure): string {
  if (outcome === undefined) return 'not simulated yet';
  if (outcome.problem !== null) return 'cannot be simulated';
  const figure = figureOf(outcome, measure);
  return Number.isFinite(figure) ? measures[measure].format(figure) : 'nothing came through';
}

/** All of a cell in a sentence, what is looked at first. */
export function cellReading(
  words: SweepWords,
  cell: number,
  outcome: TrialOutcome | undefined,
  measure: Measure,
): string {
  const name = words.nameOf(cell);
  if (!outcome || outcome.problem !== null)
    return `${name}: ${outcome?.problem ?? 'not simulated yet'}`;
  const rest = measureNames
    .filter((other) => other !== measure)
    .map((other) => `${measures[other].title.toLowerCase()} ${figureText(outcome, other)}`);
  return `${name}: ${measures[measure].title.toLowerCase()} ${figureText(outcome, measure)}; ${rest.join(', ')}`;
}

/** Why cells are not measured: they are of another document or machine than there is now. null: they are of this one. */
export function whyOld({
  isStale,
  otherMachine,
}: {
  isStale: boolean;
  otherMachine: string | null;
}): string | null {
  if (!isStale) return null;
  return `${otherMachine ? `This is ${otherMachine}` : 'The document has changed'}: simulate again before you measure.`;
}

/** Cells this near to the best one are called as good. */
const nearShare = 0.01;

/** What the sweep says, in one or two sentences. */
export function sweepVerdict(
  words: SweepWords,
  outcomes: Outcomes,
  measure: Measure,
  present: number | null,
): string {
  const best = bestCell(outcomes, measure, words.compareCosts);
  if (best === null) return 'None of these settings can be simulated.';
  const { title } = measures[measure];
  const fewest = fewestLost(outcomes);
  const losing = outcomes.filter((outcome) => outcome?.problem === null && outcome.lost > fewest);
  const among =
    losing.length === 0
      ? ''
      : ` among the settings that lose ${fewest === 0 ? 'nothing' : `no more than ${formatCount(fewest)} items`}`;
  const same = asGood(outcomes, measure, best, nearShare);
  const others = outcomes.length - 1;
  const near =
    same === 0
      ? ''
      : same >= others
        ? ' All others are within 1 % of it: these fields make no difference.'
        : ` ${formatCount(same)} ${same === 1 ? 'other is' : 'others are'} within 1 % of it.`;
  const head = `Least ${lower(title)} predicted${among}: ${bestWords(words, outcomes, measure, best)}`;
  return `${head}${near}${nowWords(outcomes, measure, present, best)}`;
}

/** The least figure and the best cell, which may have a little more for less. */
function bestWords(words: SweepWords, outcomes: Outcomes, measure: Measure, best: number): string {
  const { format } = measures[measure];
  const least = leastFigure(outcomes, measure);
  const [figure, name] = [figureOf(outcomes[best], measure), words.nameOf(best)];
  if (figure === least) return `${format(figure)} with ${name}.`;
  const [said, leastSaid] = [format(figure), format(least)];
  const cheapest = `The cheapest within ${formatPercent(equalShare)} of that:`;
  return `${leastSaid}. ${cheapest} ${said === leastSaid ? '' : `${said} with `}${name}.`;
}

/** "Makespan" in the middle of a sentence. */
const lower = (title: string): string => title.charAt(0).toLowerCase() + title.slice(1);

function nowWords(
  outcomes: Outcomes,
  measure: Measure,
  present: number | null,
  best: number,
): string {
  const now = present === null ? undefined : outcomes[present];
  if (present === best) return ' That is what the document says now.';
  const figure = figureOf(now, measure);
  if (!Number.isFinite(figure)) return '';
  const than = figureOf(outcomes[best], measure);
  const said = ` The document as it is: ${measures[measure].format(figure)}`;
  if (figure === than) return `${said}, just as little.`;
  if (Math.abs(figure - than) <= nearShare * than)
    return `${said}, within ${formatPercent(nearShare)} of that.`;
  return than > 0 && figure > than
    ? `${said}, ${formatPercent(figure / than - 1)} more.`
    : `${said}.`;
}

/**
 * What live runs say of the best cell, or where that was not measured, of the quickest that was; begins with a
 * space. "": nothing yet.
 */
export function measuredVerdict(
  words: SweepWords,
  measured: ReadonlyMap<number, MeasuredCell>,
  best: number | null,
): string {
  const told = [...measured].filter(
    ([, { isReference, problem }]) => !isReference && problem === null,
  );
  const ratioOf = ({ speedup }: MeasuredCell): number => speedup?.ratio ?? 0;
  const one =
    told.find(([cell]) => cell === best) ??
    told.toSorted(([, a], [, b]) => ratioOf(b) - ratioOf(a))[0];
  if (!one) return '';
  const [cell, { medianMs, speedup }] = one;
  const head = ` Measured with ${cell === best ? 'it' : words.nameOf(cell)}: ${formatMs(medianMs)}`;
  const than = 'the document as it was then';
  return speedup !== null && speedup.low > 0
    ? `${head}, ${formatSpeedup(speedup)} against ${than}: ${speedup.verdict}.`
    : `${head}; too few pairs to say whether ${than} takes longer.`;
}

/** Every cell with its figures in the units that the header names, for a spreadsheet. */
export function sweepCsv(
  words: SweepWords,
  axes: readonly SweepAxis[],
  outcomes: Outcomes,
): string[] {
  const head = csvLine([
    ...words.titles,
    ...measureNames.map((name) => `${measures[name].title} (${measures[name].unit})`),
    'Problem',
  ]);
  const rows = Array.from(outcomes, (outcome, cell) => {
    const values = Object.values(cellSet(axes, cell)).map((value) =>
      typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value),
    );
    const figures = measureNames.map((name) => figureOf(outcome, name));
    return csvLine([...values, ...figures, outcome?.problem ?? '']);
  });
  return [head, ...rows];
}

/** Whether there is anything to weigh up. */
export function frontVerdict(members: readonly FrontMember[], x: string, y: string): string {
  if (members.length === 0) return 'There is nothing to weigh up.';
  if (x === y) return 'Choose two different figures to weigh against each other.';
  const figures = `${lower(x)} and ${lower(y)}`;
  if (members.length === 1)
    return `There is nothing to give up: one setting is best in both ${figures}.`;
  return `${formatCount(members.length)} settings are each the best there is for some balance of ${figures}.`;
}
