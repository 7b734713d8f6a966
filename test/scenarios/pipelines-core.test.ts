import { expect, test } from 'vitest';
import { withAt } from '../../src/pipeline/pointer.ts';
import { document as plainLoopDocument } from '../../src/scenarios/gallery/plain-loop.ts';
import { document as processor } from '../../src/scenarios/gallery/processor.ts';
import { document as smartCache } from '../../src/scenarios/gallery/smart-cache.ts';
import fetchIssue from '../../src/scenarios/stages/sonarflow/fetch.ts';
import plan from '../../src/scenarios/stages/sonarflow/plan.ts';
import { load, plainLoop } from './plain-loop.ts';
import { shuffled, stageContext } from './support.ts';

const indices = (count: number) => Array.from({ length: count }, (_, index) => ({ index }));

test('sonarflow fetches each issue, and plans the same in any order', async () => {
  const listed = indices(20).map(({ index }) => ({
    index,
    page: Math.floor(index / 10),
    value: index / 20,
  }));
  const service = {
    page: (page = 0) =>
      Promise.resolve({
        ...{ items: listed.filter((item) => item.page === page), page, pages: 2, next: null },
      }),
  };
  const ctx = { ...stageContext(), service };
  const issues = await Promise.all(listed.map((item) => fetchIssue(item, ctx)));
  const planned = plan(issues);
  expect(planned.issues).toBe(20);
  expect(planned.groups.map(({ severity, issues }) => [severity, issues.length])).toEqual([
    ['blocker', 5],
    ['critical', 5],
    ['major', 5],
    ['minor', 5],
  ]);
  expect(planned.groups.flatMap(({ issues }) => issues)).toEqual(indices(20).map((i) => i.index));
  expect(plan(shuffled(issues, 5))).toEqual(planned);
});

test('smart cache: ten documents are asked for, whatever the number of the request', async () => {
  const found = (await plainLoop(smartCache, indices(100)))['summarise']!;
  expect(new Set([...found.values()].map((value) => JSON.stringify(value))).size).toBe(10);
});

test('plain loop: a batch gives what single tasks give', async () => {
  const batch = { size: 20, linger: null };
  const looped = withAt(plainLoopDocument, '/stages/work/batch', batch)!;
  const results = await plainLoop(plainLoopDocument, indices(4));
  expect(results['work']?.size).toBe(4);
  expect(await plainLoop(looped, indices(4))).toEqual(results);
});

test('processor: a batch keeps every item, and its order', async () => {
  let open = 0;
  let mostOpen = 0;
  const wait = async () => {
    mostOpen = Math.max(mostOpen, ++open);
    await Promise.resolve();
    open--;
  };
  const results = await runProcessor(indices(50), { ...stageContext(), wait });
  expect(results).toEqual(indices(50).map(({ index }) => ({ index, done: true })));
  expect(mostOpen).toBe(16);
});

/** The stage with the settings of its document. */
async function runProcessor(items: { index: number }[], ctx: StageContext) {
  const { work } = processor.stages[0]!;
  if (work.kind !== 'code') throw new Error('code is expected');
  const stage = await load(work.source, processor.modules!);
  return stage.default(items, ctx);
}
