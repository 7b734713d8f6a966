import type { RunEnvironment } from '../../engine/runner.ts';

/** What about the place where a run was measured makes its times worse than they need be, a sentence each. */
export function runCautions(environment: RunEnvironment | null): string[] {
  if (environment === null) return [];
  const cautions: string[] = [];
  if (environment.hidden)
    cautions.push(
      'The tab was hidden during some of this run, and browsers slow hidden tabs: run it again with the tab in front.',
    );
  if (!environment.isolated)
    cautions.push(
      'This page is not isolated from others here, so its clock ticks coarsely and waits end late.',
    );
  return cautions;
}
