import type { PipelineDocument } from '../pipeline/types.ts';
import type { Replay } from './replay-document.ts';
import type { TrialRequest } from './trials.ts';
import { knobsOf, type Knob } from './what-if-steps.ts';

type Sets = TrialRequest['sets'];

/** What figures are from: the replay of a run's very trace, or the document, simulated. */
export type Basis = 'run' | 'document';

/** The replay under other settings: whoever asks for the same gets the same figures. */
export function replayRequest(replay: Replay, sets: Sets): TrialRequest {
  const { document, cores, overheads, sourceItems } = replay;
  return {
    ...{ document, sets, cores, overheads },
    ...(sourceItems !== undefined && { sourceItems }),
  };
}

/** Changes that are tried in one and the same simulation. */
export interface BasedTrials<Change> {
  basis: Basis;
  changes: Change[];
  /** Its first set changes nothing, then there is one for each of the changes. */
  request: TrialRequest;
}

/**
 * What each change is predicted from. After a run that is the replay of its very trace, wherever What if's knobs
 * express the change; else, and before any run, the document is simulated.
 *
 * @param replay of a run; null: none is explained, or it cannot be replayed.
 * @param document whose settings the changes set otherwise.
 * @param simulation of that document, whatever its sets.
 */
export function basedTrials<Change extends { readonly set: Sets[number] }>(
  changes: readonly Change[],
  replay: Replay | null,
  document: PipelineDocument,
  simulation: TrialRequest,
): BasedTrials<Change>[] {
  const knobs = replay === null ? [] : knobsOf(document, replay);
  const isReplayed = ({ set }: Change): boolean => isExpressed(set, knobs);
  const withSets = (of: readonly Change[]): Sets => [{}, ...of.map(({ set }) => set)];
  const replayed = changes.filter(isReplayed);
  const simulated = changes.filter((change) => !isReplayed(change));
  const trials: BasedTrials<Change>[] = [];
  if (replay !== null && replayed.length > 0) {
    const request = replayRequest(replay, withSets(replayed));
    trials.push({ basis: 'run', changes: replayed, request });
  }
  if (simulated.length > 0) {
    const request = { ...simulation, sets: withSets(simulated) };
    trials.push({ basis: 'document', changes: simulated, request });
  }
  return trials;
}

/** A change of nothing but knobs, to where the replay can still tell what follows. */
const isExpressed = (set: Sets[number], knobs: readonly Knob[]): boolean =>
  Object.entries(set).every(([at, value]) =>
    knobs.some(
      ({ pointer, least }) =>
        pointer === at && typeof value === 'number' && Number.isInteger(value) && value >= least,
    ),
  );
