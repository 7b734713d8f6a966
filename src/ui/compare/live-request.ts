import type { RunRequest } from '../../engine/runner.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import type { App } from '../state/app.svelte.ts';
import type { ExperimentKind } from '../state/experiment-store.svelte.ts';
import { cacheNamespace } from '../state/work.ts';

/**
 * One contender's runs. None uses the cache, or the second run would be measured against the first one's
 * answers; and what they count is nothing of the document's: no document's namespace begins like this.
 */
export function liveRequest(app: App, kind: ExperimentKind, pipeline: Pipeline): RunRequest {
  return {
    pipeline,
    cache: 'off',
    cacheNamespace: ` ${kind} of ${cacheNamespace(app.doc.present.work)}`,
    files: app.runs.files,
  };
}
