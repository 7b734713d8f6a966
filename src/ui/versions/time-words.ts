const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** An instant (ms since 1970) as people say it: how long ago while that is telling, and to the minute. */
export function timeOf(ms: number, nowMs: number = Date.now()): { exact: string; ago: string } {
  const agoMs = nowMs - ms;
  const words = exact.format(ms);
  if (agoMs < minuteMs) return { exact: words, ago: 'just now' };
  if (agoMs < hourMs)
    return { exact: words, ago: relative.format(-Math.floor(agoMs / minuteMs), 'minute') };
  if (agoMs < dayMs)
    return { exact: words, ago: relative.format(-Math.floor(agoMs / hourMs), 'hour') };
  return { exact: words, ago: words };
}
