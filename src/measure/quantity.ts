import type { CounterFacts } from '../base/counter-port.ts';
import type { RunSummary } from './summary.ts';

/** What is known of one run, as far as quantities are read from it. */
export interface RunFacts {
  summary: RunSummary;
  /** What stage code counted; none in a simulated run. */
  counters: readonly CounterFacts[];
  /** First delivered result of each stage that delivers, by stage id; none in a simulated run. */
  results: Readonly<Record<string, unknown>>;
}

/** Between two places: the first ÷ the second. */
const divider = ' ÷ ';

/**
 * A number by its place in a run: "makespan", "latency/mean", "stages/call/queue/max" (the summary's fields),
 * "counters/cursor/writes", "results/report/kept"; two places with " ÷ " between are divided (0 ÷ 0 is 0).
 * @returns null: there is no number at that place
 */
export function quantityOf(facts: RunFacts, place: string): number | null {
  const [first, second, ...more] = place.split(divider).map((one) => numberAt(facts, one));
  if (more.length > 0 || first === null || first === undefined) return null;
  if (second === undefined) return first;
  if (second === null) return null;
  return second === 0 && first === 0 ? 0 : first / second;
}

/** Whether results have to be kept for it. */
export const readsResults = (place: string): boolean => /(^| )results\//.test(place);

/** Whether only a live run has it: nothing is counted and nothing comes out in a simulated one. */
export const isLiveOnly = (place: string): boolean => /(^| )(counters|results)\//.test(place);

function numberAt({ summary, counters, results }: RunFacts, place: string): number | null {
  const named = { counters: byName(counters), results };
  let at: unknown = { ...summary, ...named };
  for (const field of place.split('/')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, field)) return null;
    at = (at as Record<string, unknown>)[field];
  }
  return typeof at === 'number' && Number.isFinite(at) ? at : null;
}

const byName = (counters: readonly CounterFacts[]): Record<string, CounterFacts> =>
  Object.fromEntries(counters.map((facts) => [facts.name, facts]));
