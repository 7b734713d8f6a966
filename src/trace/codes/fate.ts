// What became of a source item; larger is worse, the worst branch counts.

export const underWay = 0;
export const delivered = 1;
export const cancelled = 2;
export const dropped = 3;
export const failed = 4;
