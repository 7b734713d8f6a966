import { availableParallelism } from 'node:os';
import type { Pipeline } from '../pipeline/types.ts';
import { simulate } from '../simulate/simulate.ts';
import type { Trace } from '../trace/types.ts';
import { BadInput } from './command.ts';

/** The cores a document asks for, else those of this machine. */
export const coresOf = ({ machine }: Pipeline): number => machine.cores ?? availableParallelism();

/** A run in virtual time, without overheads. @throws {BadInput} why it cannot be predicted */
export function predicted(pipeline: Pipeline, cores: number): Trace {
  const machine = { ...pipeline.machine, cores };
  const { trace, error } = simulate({ ...pipeline, machine }, { cores });
  if (error !== null) throw new BadInput(error.message);
  return trace;
}
