/** One simulated run of a size in a process of its own. Arguments: items, stages. Prints its figures as JSON. */
import { parseDocument } from '../../../src/pipeline/parse.ts';
import { simulate } from '../../../src/simulate/simulate.ts';
import { syntheticChain } from './scale-document.ts';

export interface SimulatedScale {
  tasks: number;
  ms: number;
  /** The most the process held, bytes. */
  residentPeak: number;
}

const [items, stages] = process.argv.slice(2).map(Number);
const { pipeline, problems } = parseDocument(syntheticChain(items!, stages!));
if (!pipeline) throw new Error(problems[0]!.message);
const startMs = performance.now();
const { trace, error } = simulate(pipeline, { cores: 2 });
const ms = performance.now() - startMs;
if (error) throw new Error(error.message);
const figures: SimulatedScale = {
  ...{ tasks: trace.tasks.count, ms },
  residentPeak: process.resourceUsage().maxRSS * 1024,
};
console.log(JSON.stringify(figures));
