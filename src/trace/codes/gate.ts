// Why a formed task of a stage does not start. `open`: nothing waits.

export const open = 0;
export const permit = 1;
export const limit = 2;
export const worker = 3;
export const paused = 4;
