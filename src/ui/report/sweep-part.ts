import { formatCount } from '../../base/units.ts';
import { tradeOffFront } from '../../explore/front.ts';
import { tradeOffPoints } from '../../explore/trade-off.ts';
import type { ReportBlock } from '../../share/report/report.ts';
import type { App } from '../state/app.svelte.ts';
import { measuredText } from '../sweep/measured-cells.ts';
import { measureNames, measures } from '../sweep/measures.ts';
import { sweepOf } from '../sweep/sweep-store.svelte.ts';
import { bestCell } from '../sweep/sweep-view.ts';
import {
  figureText,
  frontVerdict,
  measuredVerdict,
  sweepVerdict,
  SweepWords,
} from '../sweep/sweep-words.ts';
import { ageWords, type ReportPart } from './part.ts';

/** More of a front is a list nobody reads. */
const rowsMost = 30;

/** What the last sweep found: the best setting, and the front of what cannot be had together. */
export function sweepPart(app: App): ReportPart {
  const store = sweepOf(app);
  const { shown: result, measure, alongX, alongY, present, measured } = store;
  if (!result?.isWhole) return { missing: 'No sweep of settings was simulated.' };
  const words = new SweepWords(result.document, result.axes);
  const { outcomes } = result;
  const verdict =
    sweepVerdict(words, outcomes, measure, present) +
    measuredVerdict(words, measured, bestCell(outcomes, measure, words.compareCosts)) +
    ageWords(store.otherMachine, store.isStale);
  const points = tradeOffPoints(outcomes, alongX, alongY, store.withLosses);
  const front = tradeOffFront(points, words.compareCosts);
  const [x, y] = [measures[alongX].title, measures[alongY].title];
  const blocks: ReportBlock[] = [
    { kind: 'verdict', tone: 'plain', text: verdict },
    {
      kind: 'text',
      text: `${formatCount(outcomes.length)} settings of ${words.titles.join(', ')} were simulated, not measured. ${frontVerdict(front, x, y)}`,
    },
  ];
  if (front.length > 0) {
    const shown = front.slice(0, rowsMost);
    blocks.push({
      kind: 'table',
      caption: `The trade-off front of ${x.toLowerCase()} and ${y.toLowerCase()}${front.length > shown.length ? `, the first ${shown.length} of ${front.length}` : ''}; figures are predicted but for the last column`,
      head: [...words.titles, ...measureNames.map((name) => measures[name].title), 'Measured'],
      rows: shown.map(({ index }) => {
        const live = measured.get(index);
        const figures = measureNames.map((name) => figureText(outcomes[index], name));
        return [...words.valuesOf(index), ...figures, live ? measuredText(live) : 'not measured'];
      }),
      numeric: measureNames.map((_, at) => words.titles.length + at),
    });
  }
  return { title: 'Sweep', blocks, short: [verdict] };
}
