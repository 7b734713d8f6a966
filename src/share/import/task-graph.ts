import { childrenOf, findCycle, topologicalOrder } from '../../pipeline/graph.ts';
import type { Phase, StageDocument } from '../../pipeline/types.ts';
import { Refusal } from './refusal.ts';

/** One task of a published task graph, on its way to becoming a stage. */
export interface Task {
  /** The stage's id. */
  id: string;
  name: string;
  /** Ids; a repeated one counts once. */
  after: readonly string[];
  phases: Phase[];
  /** Bytes put out. */
  output?: number;
  timeoutMs?: number;
  /** Limit → weight; weights of 0 are left out. */
  uses?: Readonly<Record<string, number>>;
  /** Where it stands in the text, for a refusal: "line 7". */
  place: string;
}

/**
 * Task graphs as stages: a task is a stage that sees one item, and starts when its parents' outputs are zipped.
 * Under order "priority" those with most tasks after them go first ("most total successors").
 * @throws {Refusal} naming the tasks of a cycle
 */
export function graphStages(tasks: readonly Task[]): StageDocument[] {
  refuseCycle(tasks);
  const followers = followerCounts(tasks);
  return tasks.map(({ id, name, after, phases, output, uses, timeoutMs }, index) => {
    const weights = Object.entries(uses ?? {}).filter(([, weight]) => weight > 0);
    return {
      id,
      ...(name === id ? {} : { name }),
      ...(after.length === 0 ? {} : { after: [...new Set(after)] }),
      work: { kind: 'synthetic', phases, ...(output ? { output } : {}) },
      ...(weights.length === 0 ? {} : { uses: Object.fromEntries(weights) }),
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
      ...(followers[index] === 0 ? {} : { priority: followers[index]! }),
    };
  });
}

function refuseCycle(tasks: readonly Task[]): void {
  const cycle = findCycle(tasks);
  if (!cycle) return;
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const names = cycle.map((id) => byId.get(id)!.name).join(' → ');
  const { place } = byId.get(cycle[0]!)!;
  throw new Refusal(`${place}: these wait for each other in a circle, ${names}`);
}

/** How many tasks come after each, near and far: one bit a task, merged from the last to the first. */
function followerCounts(tasks: readonly Task[]): number[] {
  const place = new Map(tasks.map((task, index) => [task.id, index]));
  const children = childrenOf(tasks);
  const words = Math.ceil(tasks.length / 32);
  const after = tasks.map(() => new Uint32Array(words));
  for (const id of topologicalOrder(tasks)!.toReversed()) {
    const mine = after[place.get(id)!]!;
    for (const child of children.get(id)!) {
      const index = place.get(child)!;
      after[index]!.forEach((bits, word) => (mine[word]! |= bits));
      mine[index >> 5]! |= 1 << (index & 31);
    }
  }
  return after.map((bits) => bits.reduce((sum, word) => sum + bitCount(word), 0));
}

function bitCount(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}
