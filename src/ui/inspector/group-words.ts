/** What a folded group holds, in a few words. */
import { formatCount, formatMs } from '../../base/units.ts';
import type { Stage, Target } from '../../pipeline/types.ts';

export function failureWords({ timeout, retry, onError }: Stage): string {
  return [
    timeout === null ? 'no timeout' : `timeout ${formatMs(timeout)}`,
    retry.attempts === 1 ? 'one attempt' : `${formatCount(retry.attempts)} attempts`,
    onError === 'stop' ? 'an error stops the run' : 'errors collected',
  ].join(' · ');
}

export function stageCacheWords({ cache }: Stage): string {
  if (cache === null) return 'results are not kept';
  return cache.ttl ? `results kept for ${formatMs(cache.ttl)}` : 'results kept';
}

export function setupWords({ setup }: Stage): string {
  const { length } = setup.phases;
  if (length === 0) return 'none';
  const when = { task: 'before each task', worker: 'once per worker', start: 'before the clock' };
  return `${length === 1 ? 'one phase' : `${formatCount(length)} phases`} ${when[setup.when]}`;
}

export function targetWords(target: Target | undefined): string {
  const parts = [
    target?.target !== undefined && formatMs(target.target),
    target?.stretch !== undefined && `stretch ${formatMs(target.stretch)}`,
  ].filter(Boolean);
  return parts.length === 0 ? 'none' : parts.join(', ');
}
