import type { Imported } from './imported.ts';
import { refuseLine } from './refusal.ts';
import { graphStages, type Task } from './task-graph.ts';
import { waitingRoom } from './waiting-room.ts';

/** One activity of a resource-constrained project. */
export interface Activity {
  line: number;
  durationMs: number;
  /** Units of each resource, held throughout. */
  demands: number[];
  /** Numbers from 1. */
  successors: number[];
}

/** The resource-constrained project scheduling problem (RCPSP), whatever file it came from. */
export interface Project {
  capacities: number[];
  /** Number 1 first. */
  activities: Activity[];
}

const notes = `A resource-constrained project (RCPSP).

An activity is a stage after its predecessors; a renewable resource is a shared limit, of which an activity
holds as many units as it demands, all together or none. The published durations are waits, so that nothing but
precedence and resources holds an activity back.`;

/** @throws {Refusal} for a demand above its capacity, and for a cycle */
export function projectDocument(project: Project, name: string): Imported {
  const { activities, capacities } = project;
  const predecessors: string[][] = activities.map(() => []);
  activities.forEach(({ successors, line }, index) => {
    for (const successor of successors) {
      if (successor === index + 1) refuseLine(line, `activity ${successor} follows itself`);
      predecessors[successor - 1]!.push(idOf(index));
    }
  });
  const stages = graphStages(
    activities.map((activity, index) => toTask(activity, index, predecessors[index]!, capacities)),
  );
  const used = new Set(stages.flatMap((stage) => Object.keys(stage.uses ?? {})));
  const limits = capacities
    .map((capacity, resource): [string, number] => [limitOf(resource), capacity])
    .filter(([limit]) => used.has(limit));
  const document: Imported['document'] = {
    format: 'millrace/1',
    name,
    notes,
    source: { kind: 'count', count: 1 },
    stages,
    ...(limits.length === 0 ? {} : { limits: Object.fromEntries(limits) }),
    machine: waitingRoom(activities.length),
  };
  return { document, remarks: ['A unit of time is taken as 1 ms.'], choices: [] };
}

function toTask(
  { line, durationMs, demands }: Activity,
  index: number,
  after: readonly string[],
  capacities: readonly number[],
): Task {
  const uses: Record<string, number> = {};
  demands.forEach((demand, resource) => {
    const capacity = capacities[resource]!;
    if (demand > capacity) {
      const wants = `activity ${index + 1} demands ${demand} of resource ${resource + 1}`;
      refuseLine(line, `${wants}, which has only ${capacity}: it could never start`);
    }
    uses[limitOf(resource)] = demand;
  });
  return {
    id: idOf(index),
    name: `Activity ${index + 1}`,
    after,
    phases: [{ wait: durationMs }],
    uses,
    place: `line ${line}`,
  };
}

const idOf = (index: number): string => `activity-${index + 1}`;
const limitOf = (resource: number): string => `resource-${resource + 1}`;
