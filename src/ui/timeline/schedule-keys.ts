import type { StepDirection } from '../../charts/layout/schedule-pick.ts';

/** Where keys lead from one task of a schedule to another. */
export const directions: Record<string, StepDirection> = {
  PageDown: 'nextGroup',
  PageUp: 'previousGroup',
  ArrowRight: 'next',
  ArrowLeft: 'previous',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
};
