/** The ledger for spreadsheets and for texts. */
import type { LedgerResult } from '../../explore/ledger/outcome.ts';
import { leadingTrial } from '../../explore/ledger/verdict.ts';
import { figure, intervalText, notesOf } from '../../explore/ledger/words.ts';
import type { Claim, ClaimedSystem } from '../../scenarios/claims/claim.ts';
import { markdownReport } from '../report/markdown.ts';
import type { ReportBlock, ReportSection } from '../report/report.ts';
import { newestOutcomes, type FoundOutcome } from './kept-ledger.ts';
import { unitOf } from './known-outcome.ts';
import { claimedWords, sumsWords, sumWords, verdictOf, whyWords } from './ledger-words.ts';

/** A line of headings, then a line a trial; a claim without any has one as well. */
export function ledgerCsv(
  claims: readonly Claim[],
  results: readonly LedgerResult[],
): (string | number)[][] {
  const newest = newestOutcomes(results);
  return [
    [
      ...[
        'Claim',
        'In short',
        'Figures of the document',
        'Verdict',
        'Trial',
        'Verdict of the trial',
      ],
      ...['Claimed low', 'Claimed high', 'Unit', 'Predicted', 'Measured', 'Low (95 %)'],
      ...['High (95 %)', 'Samples', 'Measured at', 'Browser', 'Cores'],
    ],
    ...claims.flatMap((claim) => {
      const found = newest.get(claim.id);
      const head = [claim.id, claim.says, claim.figures, verdictOf(claim, found)];
      const where = found?.environment;
      const tail = [found?.measuredAt ?? '', where?.browser ?? '', where?.cores ?? ''];
      if (claim.trials.length === 0) return [[...head, ...Array<string>(10).fill(''), ...tail]];
      return claim.trials.map((trial) => {
        const of = found?.outcome.trials.find(({ name }) => name === trial.name);
        const { claimed } = trial;
        return [
          ...[...head, trial.name, of?.verdict ?? '', claimed?.low ?? '', claimed?.high ?? ''],
          ...[unitOf(trial), of?.predicted ?? '', of?.measured?.value ?? ''],
          ...[of?.measured?.low ?? '', of?.measured?.high ?? '', of?.measured?.samples ?? ''],
          ...tail,
        ];
      });
    }),
  ];
}

/** As a report in Markdown: a table a system, and what each claim comes to. @param madeAt as people write it */
export function ledgerMarkdown(
  claims: readonly Claim[],
  systems: readonly ClaimedSystem[],
  results: readonly LedgerResult[],
  madeAt: string,
): string {
  const newest = newestOutcomes(results);
  const sections = systems.flatMap(({ letter, name, about }): ReportSection[] => {
    const own = claims.filter(({ id }) => id.startsWith(letter));
    if (own.length === 0) return [];
    const table: ReportBlock = {
      kind: 'table',
      caption: about,
      head: ['Claim', 'In short', 'Claimed', 'Predicted', 'Measured here', 'Verdict', 'Why'],
      rows: own.map((claim) => rowOf(claim, newest.get(claim.id))),
      numeric: [],
    };
    return [{ title: `${letter}. ${name}`, blocks: [table] }];
  });
  return markdownReport({ title: 'Claims ledger', madeAt, sections, missing: [] });
}

function rowOf(claim: Claim, found: FoundOutcome | undefined): string[] {
  const outcome = found?.outcome;
  const verdict = verdictOf(claim, found);
  const lead = outcome && leadingTrial(outcome);
  const trial = claim.trials.find(({ name }) => name === lead?.name);
  return [
    ...[claim.id, claim.says],
    trial ? `${claim.figures}; tested: ${claimedWords(trial)}` : claim.figures,
    lead?.predicted == null ? '–' : figure(lead.predicted, lead.unit),
    lead?.measured ? intervalText(lead.measured, lead.unit) : '–',
    [verdict, ...(sumsWords(claim) ? [sumsWords(claim)] : [])].join('; '),
    notesOf(whyWords(claim, verdict, outcome), ...(claim.sums ?? []).map(sumWords)),
  ];
}
