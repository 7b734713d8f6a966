/** What a link of one version says, as the next version says it. */
export type Upgrade = (content: unknown) => unknown;

/**
 * Links are kept for years: each version that follows another adds the step that leads to it, at the end, and no step
 * is ever taken out. The first leads from 1 to 2.
 */
const upgrades: readonly Upgrade[] = [];

/** What is written. */
export const linkVersion = upgrades.length + 1;

/** @param from the version of `content`, 1 … the newest */
export const upgraded = (content: unknown, from: number, steps = upgrades): unknown =>
  steps.slice(from - 1).reduce((newer, step) => step(newer), content);
