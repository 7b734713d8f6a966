import type { Pipeline } from '../../pipeline/types.ts';

/** Whether stage code of this pipeline may count (`ctx.counter`), as far as its text tells. */
export const countsSomething = ({ stages }: Pipeline): boolean =>
  stages.some(({ work }) => work.kind === 'code' && /\bcounter\b/.test(work.source));
