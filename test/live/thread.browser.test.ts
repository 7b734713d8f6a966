import { expect, test, vi } from 'vitest';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import type { CompileApi } from '../../workers/compile.ts';
import CompileWorker from '../../workers/compile.ts?worker';
import { scheduleDigest } from '../../workers/schedule-digest.ts';
import { Thread } from '../../workers/thread.ts';

/** A worker whose first load fails, as when the connection is gone for a moment. */
function failsOnce(): { thread: Thread<CompileApi>; begun: () => number } {
  let begun = 0;
  const thread = new Thread<CompileApi>(
    () =>
      begun++ === 0 ? new Worker('/no-such-worker.js', { type: 'module' }) : new CompileWorker(),
    'The compiler',
  );
  return { thread, begun: () => begun };
}
const check = (thread: Thread<CompileApi>, source: string): Promise<unknown[]> =>
  thread.call((remote) => remote.check(source));

test('calls of a worker that cannot be loaded fail with a sentence, and the next begins another', async () => {
  const { thread, begun } = failsOnce();
  const both = await Promise.allSettled([check(thread, '1'), check(thread, '2')]);
  for (const call of both) {
    expect(call.status).toBe('rejected');
    expect(String((call as PromiseRejectedResult).reason)).toMatch(/The compiler could not be/);
  }
  expect(begun()).toBe(1);
  expect(await check(thread, 'export default () => 1;')).toEqual([]);
  expect(await check(thread, 'export default (')).toHaveLength(1);
  expect(begun()).toBe(2);
});

test('a digest that nobody waits for any longer is not worked out to its end', async () => {
  const ended = vi.spyOn(Worker.prototype, 'terminate');
  // Minutes of simulation.
  const pipeline = withDefaults({
    format: 'millrace/1',
    source: { kind: 'count', count: 1e6 },
    stages: [{ id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 1 }] } }],
  });
  const given = new AbortController();
  const digest = scheduleDigest(pipeline, { cores: 2 }, given.signal);
  given.abort();
  await expect(digest).rejects.toThrow('aborted');
  expect(ended).toHaveBeenCalledTimes(1);
  ended.mockRestore();
});

test('an ended worker never answers, and the next call begins another', async () => {
  let begun = 0;
  const thread = new Thread<CompileApi>(() => (begun++, new CompileWorker()), 'The compiler');
  let answers = 0;
  void check(thread, '1').then(
    () => answers++,
    () => answers++,
  );
  thread.end();
  expect(await check(thread, 'export default () => 1;')).toEqual([]);
  expect(answers).toBe(0);
  expect(begun).toBe(2);
});
