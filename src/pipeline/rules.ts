/** What the rules report with: the place, and the sentence that begins with it. */
import { asPointer, inWords, type Path } from './place.ts';
import type { PipelineDocument, Problem, StageDocument } from './types.ts';

export class Findings {
  readonly problems: Problem[] = [];

  error(path: Path, tail: string): void {
    this.#add('error', path, tail);
  }

  warn(path: Path, tail: string): void {
    this.#add('warning', path, tail);
  }

  #add(severity: Problem['severity'], path: Path, tail: string): void {
    const stage = path[0] === 'stages' && typeof path[1] === 'string' ? path[1] : null;
    this.problems.push({
      severity,
      pointer: asPointer(path),
      ...(stage === null ? {} : { stage }),
      message: `${inWords(path)} ${tail}`,
    });
  }
}

/** One rule about a document whose shape is right. */
export type Rule = (document: PipelineDocument, findings: Findings) => void;

/** The path of a stage, or of a field of it. */
export function at(stage: StageDocument, ...rest: (string | number)[]): Path {
  return ['stages', stage.id, ...rest];
}
