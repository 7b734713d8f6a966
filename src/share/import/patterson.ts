import { durationMs, numberLines, wholeIn } from './number-lines.ts';
import type { Activity, Project } from './project.ts';
import { refuseLine } from './refusal.ts';

/**
 * A project as Patterson's set has it (`.rcp`), numbers only: activities, resources; the capacities; then of
 * each activity its duration, a demand a resource, the number of successors, and those (from 1).
 * @throws {Refusal}
 */
export function readPatterson(text: string): Project {
  const lines = numberLines(text);
  const places = lines.flatMap(({ line, values }) => values.map((value) => ({ line, value })));
  const lastLine = lines.at(-1)!.line;
  let at = 0;
  const next = (what: string): { line: number; value: number } =>
    places[at++] ?? refuseLine(lastLine, `the text ends where ${what} is expected`);
  const whole = (what: string, least: number, most = Infinity): number => {
    const { line, value } = next(what);
    return wholeIn(value, what, line, least, most);
  };

  const count = whole('the number of activities', 1);
  const resources = whole('the number of resources', 0);
  const capacities: number[] = [];
  for (let resource = 1; resource <= resources; resource++) {
    capacities.push(whole(`the capacity of resource ${resource}`, 0));
  }
  const activities: Activity[] = [];
  for (let number = 1; number <= count; number++) {
    const duration = next(`the duration of activity ${number}`);
    const ms = durationMs(duration.value, `activity ${number}`, duration.line);
    const demands = capacities.map((_, resource) =>
      whole(`the demand of activity ${number} for resource ${resource + 1}`, 0),
    );
    const successorCount = whole(`the number of successors of activity ${number}`, 0, count);
    const successors: number[] = [];
    for (let i = 0; i < successorCount; i++) {
      successors.push(whole(`a successor of activity ${number}`, 1, count));
    }
    activities.push({ line: duration.line, durationMs: ms, demands, successors });
  }
  const extra = places[at];
  if (extra) refuseLine(extra.line, `more numbers than the ${count} activities announced need`);
  return { capacities, activities };
}
