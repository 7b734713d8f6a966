import { formatCount, formatMs, formatPercent } from '../../base/units.ts';
import { layoutSamples } from '../../charts/layout/sample-chart.ts';
import { samplesSvg } from '../../charts/svg/samples-svg.ts';
import type { Theme } from '../../charts/stage-colours.ts';
import { verifiedGain } from '../../explore/delayed-run.ts';
import { formatSpeedup } from '../../measure/speedup.ts';
import type { ReportBlock, ReportPicture } from '../../share/report/report.ts';
import { medianMs } from '../../measure/median.ts';
import { comparisonText, endWords, hiddenWords } from '../compare/verdict-words.ts';
import type { App } from '../state/app.svelte.ts';
import type { ExperimentKind, MeasuredExperiment } from '../state/experiment-store.svelte.ts';
import { sameWork } from '../state/same-work.ts';
import { namesOf } from '../state/stage-names.ts';
import type { CheckPlan } from '../whatif/verify-what-if.ts';
import { checkWords, gainWords, verifiedWords } from '../whatif/what-if-words.ts';
import type { ReportPart } from './part.ts';

const titles: Readonly<Partial<Record<ExperimentKind, [title: string, missing: string]>>> = {
  speedup: ['Speedup over sequential', 'The speedup over sequential was not measured.'],
  comparison: ['Comparison', 'No settings were compared.'],
  'what-if': ['What-if, verified', 'No what-if was verified by a live run.'],
};

/** The last experiment of each kind, with intervals, or that there was none. */
export function experimentParts(app: App): ReportPart[] {
  return (Object.keys(titles) as ExperimentKind[]).map((kind) => {
    const [title, missing] = titles[kind]!;
    const measured = app.experiment.measured[kind];
    return measured?.state && measured.state.rounds > 0 ? told(app, title, measured) : { missing };
  });
}

function told(app: App, title: string, measured: MeasuredExperiment): ReportPart {
  const { plan, state, reports, wasHidden } = measured;
  const { contenders } = plan;
  const than = contenders[0]!.name;
  const isCheck = plan.kind === 'what-if';
  const each = isCheck
    ? [verifiedSentence(measured)]
    : state!.comparisons.map((one) => `${one.name}: ${comparisonText(one, than)}`);
  const ended = state!.ended === null ? 'It still goes on.' : endWords[state!.ended];
  const isStale = !sameWork(plan.document, app.doc.document);
  const digests = new Set(reports.map((report) => report?.resultsDigest ?? null));
  const isSame = digests.size === 1 && !digests.has(null);
  const blocks: ReportBlock[] = [
    ...each.map((text): ReportBlock => ({ kind: 'verdict', tone: 'plain', text })),
    {
      kind: 'text',
      text: [
        `Run in turns, in an order that the seed shuffles: ${formatCount(state!.rounds)} rounds, one warm-up each before.`,
        isCheck
          ? `Everything but the stage was slowed down; what is verified comes from the median of the paired ratios, ${interval}.`
          : `A ratio is the median of the paired ratios with ${interval}; above 1 is faster.`,
        ended,
        state!.note,
        isSame ? 'All delivered the same results.' : '',
        isStale ? 'The document has been changed since.' : '',
        wasHidden ? hiddenWords : '',
      ]
        .filter(Boolean)
        .join(' '),
    },
    {
      kind: 'table',
      caption: `Against ${than}`,
      head: ['Setting', 'Runs', 'Median', ...(isCheck ? [] : ['Ratio', 'Verdict'])],
      rows: contenders.map(({ name }, index) => {
        const times = state!.makespansMs[index] ?? [];
        const one = index > 0 ? state!.comparisons[index - 1] : undefined;
        const isTold = one?.speedup && !one.differentWork;
        const row = [
          name,
          formatCount(times.length),
          times.length > 0 ? formatMs(medianMs(times)!) : '–',
        ];
        // That delays slow the others down is no verdict.
        if (isCheck) return row;
        return [
          ...row,
          isTold ? formatSpeedup(one.speedup!) : '–',
          index === 0 ? 'the reference' : (one?.differentWork ?? one?.speedup?.verdict ?? '–'),
        ];
      }),
      numeric: isCheck ? [1, 2] : [1, 2, 3],
    },
    samples(title, plan, state!),
  ];
  for (const { name, why } of plan.leftOut ?? [])
    blocks.push({ kind: 'text', text: `“${name}” was left out: ${why}` });
  return { title, blocks, short: each };
}

const interval = 'its 95 % interval, corrected for repeated looks';

/** What a check by delays says: what was asked and predicted, what was verified, and how far the two are apart. */
function verifiedSentence({ plan, state }: MeasuredExperiment): string {
  const { stage, cut, predicted } = plan as CheckPlan;
  const asked = `${formatPercent(cut)} off ${namesOf(plan.document).get(stage) ?? stage}`;
  const foretold = `${asked}: predicted that it ${gainWords(predicted)}`;
  const { speedup, differentWork } = state!.comparisons[0]!;
  if (differentWork !== null) return `${asked}: ${differentWork}`;
  const verified = speedup && verifiedGain(speedup, cut);
  if (!verified || !Number.isFinite(verified.low) || !Number.isFinite(verified.high))
    return `${foretold}; too few pairs to verify it.`;
  return `${foretold}, verified ${verifiedWords(verified)}. ${checkWords(predicted, verified)}`;
}

function samples(
  title: string,
  { contenders }: MeasuredExperiment['plan'],
  state: NonNullable<MeasuredExperiment['state']>,
): ReportPicture {
  const series = contenders.map(({ name }, index) => ({
    name,
    startsMs: state.startsMs[index] ?? [],
    makespansMs: state.makespansMs[index] ?? [],
    medianMs: medianMs(state.makespansMs[index] ?? []),
  }));
  const scene = layoutSamples(series, { widthPx: 1000, heightPx: 220 });
  const label = `${title}, every run: ${series
    .map(({ name, medianMs: ms }) => `${name} median ${ms === null ? 'none' : formatMs(ms)}`)
    .join(', ')}`;
  const paint = (theme: Theme): string => samplesSvg(scene, { theme, label });
  return {
    ...{ kind: 'picture', label, light: paint('light'), dark: paint('dark') },
    caption: `Each mark is one run of ${series.map(({ name }) => name).join(', ')}: when it began across, how long it took upwards; dashed lines are medians. All marks rising together: the machine slowed down, for all alike.`,
  };
}
