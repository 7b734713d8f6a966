/** The page's own threads and what calls them, a chunk of its own: looking at a document needs none of them. */
import { CacheClient } from '../workers/cache-client.ts';
import { compileWorker } from '../workers/compile-client.ts';
import { SimulatorClient } from '../workers/simulator-client.ts';
import { PipelineCompiler } from './live/compile/compiler.ts';
import { shippedModules } from './scenarios/shipped-modules.ts';

export const cache = new CacheClient();
export const compiler = new PipelineCompiler(compileWorker, shippedModules);
export const simulator = new SimulatorClient();
