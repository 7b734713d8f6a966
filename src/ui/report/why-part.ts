import { formatMs, formatPercent } from '../../base/units.ts';
import type { Bottleneck } from '../../measure/bottlenecks.ts';
import type { ReportBlock, ReportTable } from '../../share/report/report.ts';
import { stateWords } from '../../charts/state-words.ts';
import type { StageShares } from '../tabs/state-shares.ts';
import {
  bottleneckName,
  causeSentence,
  effectSentences,
  trendWords,
  whenWords,
} from '../why/bottleneck-words.ts';
import { noFindings, whyFindings } from '../why/why-analysis.ts';
import type { ReportPart, Subject } from './part.ts';

const bottlenecksShown = 8;
/** What would be said as "0 %". */
const leastShare = 0.0005;

/** What held it back: the bound that binds, what was in the way and when, what each stage did with its time. */
export async function whyPart(subject: Subject | null): Promise<ReportPart> {
  if (!subject || !(subject.trace.meta.makespan > 0)) return null;
  const { trace, pipeline, run } = subject;
  let findings = noFindings;
  for (const part of whyFindings(trace, pipeline)) {
    findings = { ...findings, ...part };
    // Of a million tasks each takes a while: the page may draw in between.
    await new Promise((next) => setTimeout(next));
  }
  const { bound, remark, found, shares } = findings;
  if (!bound) return null;
  const { makespan } = trace.meta;
  const share = Math.min(1, bound.valueMs / makespan);
  const took = `${run ? 'This run took' : 'The prediction takes'} ${formatMs(makespan)}`;
  const blocks: ReportBlock[] = [
    { kind: 'verdict', tone: 'plain', text: `${bound.sentence} ${remark ?? ''}`.trim() },
    {
      kind: 'text',
      text: `With these settings no schedule can be shorter than ${formatMs(bound.valueMs)}. ${took}, of which this bound explains ${formatPercent(share)}.`,
    },
    { kind: 'text', text: 'All bounds, the largest first:' },
    {
      kind: 'list',
      items: bound.terms.map(({ valueMs, sentence }) => `${formatMs(valueMs)}: ${sentence}`),
    },
  ];
  if (found && found.length > 0) blocks.push(bottlenecksTable(found, subject));
  if (shares) blocks.push(statesTable(shares));
  return { title: 'Why it took so long', blocks, short: [bound.sentence] };
}

function bottlenecksTable(found: readonly Bottleneck[], { trace, pipeline }: Subject): ReportTable {
  return {
    kind: 'table',
    caption:
      'What held it back, the longest first: chronic is half of the run or more, passing is less',
    head: ['Bottleneck', 'In force', 'Kind', 'Cause', 'Effect', 'Its queue'],
    rows: found
      .slice(0, bottlenecksShown)
      .map((one) => [
        bottleneckName(one, pipeline),
        whenWords(one),
        one.isChronic ? 'chronic' : 'passing',
        causeSentence(one, pipeline, trace),
        effectSentences(one, pipeline).join('; ') || '–',
        trendWords(one.trend)?.text ?? '–',
      ]),
    numeric: [],
  };
}

function statesTable(shares: readonly StageShares[]): ReportTable {
  const rows = shares.map(({ name, parts }) => [
    name,
    parts
      .filter(({ share }) => share >= leastShare)
      .toSorted((a, b) => b.share - a.share)
      .map(({ state, share }) => `${formatPercent(share)} ${stateWords[state]}`)
      .join(', ') || 'nothing',
  ]);
  return {
    kind: 'table',
    caption: 'What each stage did with the time: one state at any instant, so they add up to all',
    head: ['Stage', 'Shares of the time'],
    ...{ rows, numeric: [] },
  };
}
