/** Keeps the page's files, so that it opens without a connection. The build writes `millraceBuild` above it. */
import type { BuildFacts } from '../src/offline/build-facts.ts';
import { serve } from '../src/offline/service-worker.ts';
import type { WorkerScope } from '../src/offline/worker-scope.ts';

declare const millraceBuild: BuildFacts;

serve(self as unknown as WorkerScope, millraceBuild);
