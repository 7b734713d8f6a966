/** Said to a worker before its first task of a job. */
export interface Start {
  waitMs: number;
  isMoved: boolean;
}

/** Tasks of one message: stage, turns and input of each; where they carry payloads, these instead of inputs. */
export interface ManyTasks {
  numbers: Numbers;
  payloads: Uint8Array[] | null;
}

/** The same tasks in the same order: output, when it began and when it ended. */
export interface ManyDone {
  numbers: Numbers;
  payloads: Uint8Array[] | null;
}

type Numbers = Float64Array | number[];

/** Few numbers are copied sooner as a list, many as one buffer. */
const bufferFrom = 48;
export const startNumbers = (length: number): Numbers =>
  length < bufferFrom ? new Array<number>(length).fill(0) : new Float64Array(length);
