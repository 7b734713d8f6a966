import { replayDocument, replayOfPrediction, type Replay } from '../../explore/replay-document.ts';
import type { Result } from '../../base/result.ts';
import type { Model, Pipeline } from '../../pipeline/types.ts';
import type { Trace } from '../../trace/types.ts';
import type { App } from '../state/app.svelte.ts';

/** What is explained and replayed: the last run, or the prediction. */
export interface Replayable {
  trace: Trace;
  pipeline: Pipeline;
  /** Of code stages, by a run; null: it is a prediction. */
  models: Readonly<Record<string, Model>> | null;
}

const latest = new WeakMap<App, { trace: Trace; replay: Result<Replay> }>();

/** The replay that Why and What if share; that of the latest trace is kept. */
export function replayOf(app: App, { trace, pipeline, models }: Replayable): Result<Replay> {
  const known = latest.get(app);
  if (known?.trace === trace) return known.replay;
  const replay = models
    ? replayDocument(trace, pipeline, models)
    : replayOfPrediction(trace, pipeline, app.prediction.overheads);
  latest.set(app, { trace, replay });
  return replay;
}
