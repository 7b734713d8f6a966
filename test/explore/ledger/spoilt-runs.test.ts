import { describe, expect, it } from 'vitest';
import { claim, compare, document, level, run } from './sample-trials.ts';
import { SimulatingRunner } from './simulating-runner.ts';

describe('where runs are not what they should be', () => {
  it('a look during which the tab was hidden does not count, and only its claim is marked', async () => {
    const environment = { browser: 'B', cores: 2, isolated: true, hidden: false, timerStepMs: 0 };
    const runner = new SimulatingRunner((report, { pipeline }) => {
      const hidden = pipeline.name === 'Hidden';
      return { ...report, environment: { ...environment, hidden } };
    });
    const unseen = level({ document: () => Promise.resolve({ ...document, name: 'Hidden' }) });
    const seen = new Map<string, boolean | undefined>();
    const claims = [claim('C1', [unseen]), claim('C5', [level()])];
    const { outcomes } = await run(claims, runner, {
      onOutcome: ({ id }, where) => seen.set(id, where?.hidden),
    });
    expect(outcomes.map(({ verdict }) => verdict)).toEqual([null, 'reproduced']);
    expect(outcomes[0]!.trials[0]!.note).toMatch(/^The tab was hidden meanwhile/);
    // It was tried once more before it was given up.
    expect([...seen]).toEqual([
      ['C5', false],
      ['C1', true],
    ]);
  });

  it('a first look that nobody saw is taken once more at the end, if somebody looks then', async () => {
    const environment = { browser: 'B', cores: 2, isolated: true, timerStepMs: 0 };
    const unseenFirst = () =>
      new SimulatingRunner((report, _, run) => {
        return { ...report, environment: { ...environment, hidden: run === 3 } };
      });
    const settled = compare({ claimed: { low: 20 } });
    const claims = [claim('C1', [level({ name: 'first' })]), claim('B1', [settled])];
    const seen = new Map<string, boolean | undefined>();
    const again = await run(claims, unseenFirst(), {
      onOutcome: ({ id }, where) => seen.set(id, where?.hidden),
    });
    expect(again.outcomes.map(({ verdict }) => verdict)).toEqual(['reproduced', 'fell short']);
    expect(again.outcomes[0]!.trials[0]!.measured!.samples).toBe(7);
    expect([...seen]).toEqual([
      ['B1', false],
      ['C1', false],
    ]);
    expect(again.environment!.hidden).toBe(false);
    const away = await run(claims, unseenFirst(), { isInView: () => false });
    expect(away.outcomes.map(({ verdict }) => verdict)).toEqual([null, 'fell short']);
    expect(away.environment!.hidden).toBe(true);
  });

  it('what was seen before the tab was hidden stands', async () => {
    const environment = { browser: 'B', cores: 2, isolated: true, timerStepMs: 0 };
    const runner = new SimulatingRunner((report, _, run) => {
      return { ...report, environment: { ...environment, hidden: run > 2 * (1 + 7) } };
    });
    const trials = [compare({ claimed: { low: 3.9 } })];
    const { outcomes, environment: where } = await run([claim('B1', trials)], runner, {
      looks: [7, 12, 17],
    });
    expect(runner.requests).toHaveLength(2 * (1 + 12));
    expect(outcomes[0]!.trials[0]!.measured!.samples).toBe(7);
    // It was in view whenever something was told of it.
    expect(where!.hidden).toBe(false);
  });

  it.each([compare({ cache: true }), level({ cache: true })])(
    'nothing is told of a $kind whose results storage does not keep',
    async (trial) => {
      const notice = 'Results are not kept for the next run: it is full.';
      const runner = new SimulatingRunner((report) => ({ ...report, notices: [notice] }));
      const { outcomes } = await run([claim('B3', [trial])], runner);
      expect(outcomes[0]!.trials[0]).toMatchObject({ verdict: null, note: notice });
    },
  );

  it('nothing is told of what begins with leftovers', async () => {
    const clear = () => Promise.reject(new Error('it does not answer'));
    const { outcomes } = await run([claim('B3', [compare({ cache: true })])], undefined, { clear });
    expect(outcomes[0]!.trials[0]!.note).toBe(
      'The trial broke off: what earlier runs have kept could not be cleared (it does not answer)',
    );
  });

  it('nothing is predicted of a machine that is not known', async () => {
    const { outcomes } = await run([claim('B1', [compare()])], undefined, { overheads: null });
    const [trial] = outcomes[0]!.trials;
    expect([trial!.verdict, trial!.predicted]).toEqual(['reproduced', null]);
  });
});

it('nothing is told of pairs whose reference failed later on', async () => {
  // After the first look at seven pairs, while more are made.
  const failing = new SimulatingRunner((report, { pipeline }, run) =>
    pipeline.machine.workers === 1 && run > 2 * 9
      ? { ...report, error: { message: 'Out of memory' } }
      : report,
  );
  const doubtful = compare({ claimed: { low: 3.9 } });
  const { outcomes } = await run([claim('B1', [doubtful])], failing, {
    ...{ looks: [7, 12], budgetMs: 1e9 },
  });
  expect(outcomes[0]!.trials[0]).toMatchObject({ verdict: null, measured: null });
  expect(outcomes[0]!.trials[0]!.note).toMatch(/Out of memory/);
});

it('a trial that breaks off is told of, and the others are tested all the same', async () => {
  const runner = new SimulatingRunner();
  const usual = runner.run.bind(runner);
  runner.run = (request) => {
    if (request.pipeline.name === 'Breaks') throw new Error('no more memory');
    return usual(request);
  };
  const breaking = compare({ document: () => Promise.resolve({ ...document, name: 'Breaks' }) });
  const { outcomes } = await run([claim('B1', [breaking]), claim('B2', [compare()])], runner);
  expect(outcomes.map(({ verdict }) => verdict)).toEqual([null, 'reproduced']);
  expect(outcomes[0]!.trials[0]!.note).toBe('The trial broke off: no more memory');
});
