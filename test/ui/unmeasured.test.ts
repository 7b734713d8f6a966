import { expect, it } from 'vitest';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import type { Failure } from '../../src/engine/runner.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { whyUnmeasured } from '../../src/ui/state/unmeasured.ts';

const code = { kind: 'code' as const, source: 'export default (x) => x' };
const synthetic = { kind: 'synthetic' as const, phases: [{ cpu: 1 }] };
const pipelineOf = (work: typeof code | typeof synthetic, count: number) =>
  withDefaults({
    format: 'millrace/1',
    source: { kind: 'count', count },
    stages: [{ id: 'a', name: 'Read', work }],
  });
function why(
  count: number,
  failures: Failure[],
  work: typeof code | typeof synthetic = code,
  delivered = count,
) {
  const { trace } = simulate(pipelineOf(synthetic, count), { cores: 1 });
  trace.meta.stages[0]!.delivered = delivered;
  return whyUnmeasured(pipelineOf(work, count), { error: null, failures, trace });
}

it('says why a run that was to measure the code has not', () => {
  const failure = { item: '0', stage: 'a', message: 'no', attempt: 1 };
  expect(why(3, [failure])).toMatch(/“Read” could not be measured.*some of its items failed/);
  expect(why(3, [failure], code, 0)).toMatch(
    /nothing was delivered by it, so nothing could be learnt/,
  );
  expect(why(0, [])).toMatch(/“Read” could not be measured.*no item came to it/);
  expect(why(3, [failure], synthetic)).toBe(null);
});
