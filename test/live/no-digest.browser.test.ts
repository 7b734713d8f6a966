import { expect, test } from 'vitest';
import { stageWorkerText } from 'virtual:millrace/frame';
import { openCoordinator } from '../../src/live/coordinator/coordinator.ts';
import { RunSession } from '../../src/live/run-session.ts';
import type { Frame } from '../../src/live/sandbox/frame.ts';
import { Sandboxes } from '../../src/live/sandbox/sandboxes.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import { code, liveParts } from './run-live.ts';

/** Coordinators on this thread, of whom the hasher says that it could not. */
class WithoutHashes extends Sandboxes {
  override async take(): Promise<Frame> {
    const page = new MessageChannel();
    const hasher = new MessageChannel();
    hasher.port1.onmessage = ({ data: { ask } }: MessageEvent<{ ask: number }>) =>
      hasher.port1.postMessage({ ask, hashes: null });
    openCoordinator({
      ...{ stageWorker: stageWorkerText, port: page.port2 },
      ...{ hasher: hasher.port2, memoryGiB: null },
    });
    return {
      ...{ port: page.port1, isAttached: true, onFailure() {}, renew() {} },
      close() {
        page.port1.close();
        hasher.port1.close();
      },
    };
  }
}

test('a run whose results cannot be hashed is done, has them, and says why they have no digest', async () => {
  const pipeline = withDefaults({
    format: 'millrace/1',
    source: { kind: 'count', count: 3 },
    stages: [code('a', 'export default ({ index }) => new Uint8Array(10_000).fill(index);')],
    machine: { workers: 1 },
  });
  const request = { pipeline, cache: 'off' as const, cacheNamespace: 'test' };
  const report = await new RunSession(liveParts, new WithoutHashes(), request).run();
  expect(report.trace.meta).toMatchObject({ ended: 'done', items: { delivered: 3 } });
  expect(report.resultsDigest).toBeNull();
  expect(report.error?.message).toBe(
    'The results have no digest: the browser could not hash them.',
  );
  expect(report.results.map(({ item, value }) => [item, (value as Uint8Array)[9999]])).toEqual([
    ['0', 0],
    ['1', 1],
    ['2', 2],
  ]);
});
