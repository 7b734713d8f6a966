// What can happen in virtual time, in the order of one instant.

// To a task:
export const phaseEnd = 0;
export const timeout = 1;
export const kill = 2;
export const death = 3;
// To the rest of the machine:
export const lookUp = 4;
export const workerReady = 5;
export const stillborn = 6;
export const timer = 7;
export const arrival = 8;
export const pulled = 9;
export const act = 10;
export const resume = 11;
// Where messages cost something, to them:
export const heard = 12;
export const delivered = 13;
export const turnOver = 14;
export const takenBack = 15;
