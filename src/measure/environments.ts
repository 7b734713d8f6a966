/** Where runs were measured; what a run's report says of it. */
export interface MeasuredEnvironment {
  /** Name and version: "Chromium 156.0". */
  browser: string;
  cores: number;
  isolated: boolean;
  timerStepMs: number;
  hidden: boolean;
}

/**
 * What makes times of two environments incomparable, each in a few words; none: nothing does. The timer's
 * step follows from isolation, so it is not named beside it.
 */
export function environmentDifferences(
  then: MeasuredEnvironment,
  now: MeasuredEnvironment,
): string[] {
  const found: string[] = [];
  if (then.browser !== now.browser) {
    const isVersion = nameOf(then.browser) === nameOf(now.browser);
    found.push(
      `another ${isVersion ? 'browser version' : 'browser'} (${then.browser} then, ${now.browser} now)`,
    );
  }
  if (then.cores !== now.cores) found.push(`${then.cores} cores then, ${now.cores} now`);
  if (then.isolated !== now.isolated) {
    found.push(
      then.isolated
        ? 'the page was isolated from others then and is not now'
        : 'the page is isolated from others now and was not then',
    );
  }
  if (then.hidden !== now.hidden) {
    found.push(`the tab was hidden ${then.hidden ? 'then' : 'now'}, which slows it`);
  }
  return found;
}

const nameOf = (browser: string): string => browser.replace(/[\s/]*\d.*$/, '');
