import type { Claim } from '../claim.ts';
import { gate } from './gate.ts';
import {
  bufferedIo,
  check,
  containerPool,
  dependencies,
  incremental,
  threads,
} from './optimisations.ts';
import { phases, plan, sideBySide, stageTimes } from './stage-times.ts';

export const ggen: readonly Claim[] = [
  ...[stageTimes, phases, sideBySide],
  ...[containerPool, dependencies, threads, bufferedIo, gate, incremental, check],
  plan,
];
