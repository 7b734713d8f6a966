// What a timer is for.

export const backoff = 0;
export const linger = 1;
