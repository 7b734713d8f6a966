import { describe, expect, test } from 'vitest';
import { checkBooks } from '../../src/measure/books.ts';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { gallery } from '../../src/scenarios/index.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { settle } from '../../src/explore/ledger/jobs.ts';

/** What a run has yet to measure of code, and how many items code brings: any figures do, for books. */
const standIn = { phases: [{ cpu: 0.2 }] };
const sourceItems = 24;

function withStandIns(document: PipelineDocument): PipelineDocument {
  const stages = document.stages.map((stage) =>
    stage.work.kind === 'code' && !stage.work.model
      ? { ...stage, work: { ...stage.work, model: standIn } }
      : stage,
  );
  return { ...document, stages };
}

describe.each(gallery)('$id, simulated', ({ load }) => {
  test('balances its books and comes to its end, in every variant', async () => {
    const document = await load();
    const asItIs = { name: 'as it is', set: {} };
    for (const variant of [asItIs, ...(document.variants ?? [])]) {
      const settled = settle(document, variant);
      if (!settled.ok) throw new Error(settled.error);
      const { pipeline } = parseDocument(withStandIns(settled.value.document));
      const { trace, error } = simulate(pipeline!, { cores: 2, sourceItems });
      expect([variant.name, error, ...checkBooks(trace)]).toEqual([variant.name, null]);
      const stops = pipeline!.stages.some(({ onError }) => onError === 'stop');
      const { failed } = trace.meta.items;
      expect(trace.meta.ended).toBe(stops && failed > 0 ? 'failed' : 'done');
      expect(trace.meta.items.emitted).toBeGreaterThan(0);
    }
  });
});
