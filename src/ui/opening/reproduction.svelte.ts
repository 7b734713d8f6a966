import {
  judgeResults,
  judgeSchedule,
  judgeTimes,
  withPickedFiles,
  type Finding,
  type Measurement,
  type ScheduleDigest,
} from '../../measure/reproduction.ts';
import { parseDocument } from '../../pipeline/parse.ts';
import type { ClaimedResult, LinkContent } from '../../share/link/link-content.ts';
import { measuredClaim } from '../share/claim-of.ts';
import { predictedSchedule } from '../share/predicted-schedule.ts';
import type { App } from '../state/app.svelte.ts';
import { calm } from '../state/calm.svelte.ts';
import { sameWork } from '../state/same-work.ts';

export interface Reproduction {
  /** What was measured here of the document as it is; null: nothing yet. Stays while something runs. */
  readonly own: Measurement | null;
  /** The document would no longer run as the link's does. */
  readonly isChanged: boolean;
  readonly schedule: Finding;
  readonly results: Finding;
  readonly times: Finding;
}

/** What was predicted of each link, so that folding its card away and out again simulates nothing anew. */
const known = new WeakMap<LinkContent, ScheduleDigest>();

/**
 * Holds what a link claims against what is predicted and measured here. Simulates once and runs nothing. Call it
 * while a component is set up.
 */
export function watchReproduction(
  app: App,
  content: LinkContent,
  claimed: ClaimedResult,
): Reproduction {
  const { document } = content;
  const judged = (finding: Finding, of: Pick<Measurement, 'results'> | null): Finding =>
    document.source?.kind === 'files' ? withPickedFiles(finding, claimed, of) : finding;
  let predicted: ScheduleDigest | null = $state.raw(known.get(content) ?? null);
  let own: Measurement | null = $state.raw(null);
  let results: Pick<Measurement, 'results'> | null = $state.raw(null);
  const now = calm(() => app.doc.document);
  const isChanged = $derived(!sameWork(document, now.value));

  $effect(() => {
    // Items of a source of code are only known after a run.
    void app.runs.last;
    const { pipeline } = parseDocument(document);
    if (claimed.schedule === null || predicted !== null || pipeline === null) return;
    // Another document may come while it is simulated.
    const given = new AbortController();
    predictedSchedule(app, pipeline, claimed.schedule.cores, given.signal).then(
      (found) => {
        predicted = found;
        if (found) known.set(content, found);
      },
      // The simulator could not be loaded: it stays unchecked.
      () => null,
    );
    return () => given.abort();
  });
  $effect(() => {
    void now.value;
    if (app.busy) return;
    const measured = measuredClaim(app);
    const found = measured.ok ? { ...measured.value, schedule: null } : null;
    own = found;
    results = found ?? resultsOfLastRun(app);
  });
  return {
    get own() {
      return own;
    },
    get isChanged() {
      return isChanged;
    },
    get schedule() {
      return judgeSchedule(claimed.schedule, predicted);
    },
    get results() {
      return judged(judgeResults(claimed, results), results);
    },
    get times() {
      return judged(judgeTimes(claimed, own), own);
    },
  };
}

/** Of a run whose time says nothing (its results came out of the cache), what was delivered still does. */
function resultsOfLastRun({ runs, doc }: App): Pick<Measurement, 'results'> | null {
  const { last } = runs;
  if (last === null || last.report.error || last.report.trace.meta.ended !== 'done') return null;
  return sameWork(last.document, doc.document) ? { results: last.report.resultsDigest } : null;
}
