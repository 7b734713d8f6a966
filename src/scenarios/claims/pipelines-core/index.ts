import type { Claim } from '../claim.ts';
import { fourPipelines, parallelProcessor, streamProcessor } from './processing.ts';
import { coresUsed, largeData, monitors, repeatedWork, singleThread, steady } from './scale.ts';

export const pipelinesCore: readonly Claim[] = [
  ...[parallelProcessor, streamProcessor, repeatedWork, fourPipelines, steady],
  ...[largeData, coresUsed, singleThread, monitors],
];
