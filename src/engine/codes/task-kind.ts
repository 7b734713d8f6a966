// Kinds of call a task can be.

export const item = 0;
export const all = 1;
export const foldStep = 2;
export const foldFinish = 3;
export const hit = 4;
