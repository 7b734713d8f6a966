import { formatPercent } from '../../base/units.ts';
import type { ReportBlock } from '../../share/report/report.ts';
import type { App } from '../state/app.svelte.ts';
import { namesOf } from '../state/stage-names.ts';
import { tunedSentence } from '../tune/tuner-words.ts';
import { tunerOf } from '../tune/tuner-store.svelte.ts';
import { changeWords } from '../versions/change-words.ts';
import { whatIfOf } from '../whatif/what-if-store.svelte.ts';
import { verdictWords } from '../whatif/what-if-words.ts';
import { takeVariant } from '../../pipeline/edit-variants.ts';
import { ageWords, type ReportPart } from './part.ts';

/** Virtual speedups of each stage: what the whole gains from cutting its work. */
export function whatIfPart(app: App): ReportPart {
  const { answer, isCurrent, progress } = whatIfOf(app);
  if (!answer || !isCurrent || progress !== null || answer.found.curves.length === 0)
    return { missing: 'No what-if was asked of the document as it is.' };
  const { found, of: subject } = answer;
  const names = namesOf(subject.document);
  const sentence = verdictWords(found.curves, names);
  // A curve ends where nothing more can be cut.
  const longest = found.curves.reduce((a, b) => (b.points.length > a.points.length ? b : a));
  const cuts = longest.points.flatMap(({ cut }) => (cut > 0 ? cut : []));
  const blocks: ReportBlock[] = [
    ...(sentence ? [{ kind: 'verdict', tone: 'plain', text: sentence } as const] : []),
    {
      kind: 'text',
      text: `Predicted from a replay of the ${subject.models ? 'run' : 'prediction'}: what is cut off the work of one stage, and what the whole gains.`,
    },
    {
      kind: 'table',
      caption: 'Share of the whole’s time that is gained',
      head: ['Stage', ...cuts.map((cut) => `${formatPercent(cut)} off`)],
      rows: found.curves.map(({ stage, points }) => [
        names.get(stage) ?? stage,
        ...cuts.map((wanted) => {
          const gain = points.find(({ cut }) => cut === wanted)?.gain ?? NaN;
          return Number.isNaN(gain) ? '–' : formatPercent(gain);
        }),
      ]),
      numeric: cuts.map((_, at) => at + 1),
    },
  ];
  return { title: 'What if', blocks, short: sentence ? [sentence] : [] };
}

/** What the tuner found. */
export function tunerPart(app: App): ReportPart {
  const { shown, otherMachine } = tunerOf(app);
  if (!shown) return { missing: 'The settings were not tuned.' };
  const { goal, result } = shown;
  const { document } = shown.of;
  const isOld = !app.doc.isStill(document);
  const sentence = tunedSentence(goal, result) + ageWords(otherMachine, isOld);
  const tuned = takeVariant(document, { name: 'tuned', set: result.best.set });
  const changes = tuned.ok ? changeWords(document, tuned.value) : [];
  return {
    title: 'Tuning',
    blocks: [
      { kind: 'verdict', tone: 'plain', text: sentence },
      {
        kind: 'text',
        text: `Simulated, not measured: ${result.tried.length} settings were tried.${changes.length > 0 ? ' What the best one changes:' : ''}`,
      },
      ...(changes.length > 0 ? [{ kind: 'list', items: changes } as const] : []),
    ],
    short: [sentence],
  };
}
