// How far a run is.

export const unbegun = 0;
export const running = 1;
export const stopping = 2;
export const finished = 3;
