// How far an open task is; a free row has none.

export const free = 0;
export const running = 1;
export const blocked = 2;
