import { expect, test } from 'vitest';
import { runCommandLine } from '../../src/cli/command-line.ts';
import { chosenClaims, ledgerTable } from '../../src/cli/ledger-command.ts';
import { claims } from '../../src/scenarios/claims/index.ts';
import type { Claim } from '../../src/scenarios/claims/claim.ts';

async function millrace(...args: string[]) {
  const said = { code: -1, out: '', err: '' };
  said.code = await runCommandLine(args, {
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    stdin: (async function* () {})(),
  });
  return said;
}

test('ledger takes any number of claims, and names the nearest to one that is not there', async () => {
  expect((await millrace('ledger', '--help')).out).toContain('millrace ledger [--json] [CLAIM…]');
  const { code, out, err } = await millrace('ledger', 'B4', 'B44');
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toBe('millrace: the ledger has no claim "B44"; did you mean "B4"?\n');
  expect(chosenClaims(['b4', 'B4']).map(({ id }) => id)).toEqual(['B4']);
  expect(chosenClaims([])).toBe(claims);
});

test('gallery names the claims that each document stands for', async () => {
  const { out } = await millrace('gallery', '--json');
  const listed = JSON.parse(out) as { name: string; claims: string[] }[];
  expect(listed.find(({ name }) => name === 'nested-limits')!.claims).toContain('B4');
  expect(listed.find(({ name }) => name === 'back-pressure')!.claims).toEqual([]);
});

test('a row shows the figures of the trial that decides it, and why others have none', () => {
  const trial = (name: string) =>
    ({ kind: 'compare', name, claimed: { low: 2, high: 3 } }) as Claim['trials'][number];
  const claim = (id: string, ...names: string[]): Claim => ({
    ...{ id, says: '', figures: '', why: '', trials: names.map(trial) },
  });
  const measured = (value: number) => ({ value, low: value - 0.1, high: value + 0.1, samples: 12 });
  const figures = (name: string, value: number, verdict: 'reproduced' | 'fell short') => ({
    ...{ name, verdict, unit: '×', note: '', predicted: value, measured: measured(value) },
  });
  const untold = {
    ...{ name: 'c', verdict: null, measured: null, unit: '×', predicted: null, note: 'It failed.' },
  };
  const table = ledgerTable([claim('A1', 'a', 'b'), claim('A2', 'c'), claim('A3')], {
    environment: null,
    outcomes: [
      {
        ...{ id: 'A1', verdict: 'fell short', tookMs: 1 },
        trials: [figures('a', 4, 'reproduced'), figures('b', 1.5, 'fell short')],
      },
      { id: 'A2', verdict: null, trials: [untold], tookMs: 1 },
      { id: 'A3', verdict: 'cannot add up', trials: [], tookMs: 0 },
    ],
  });
  const cells = table.split('\n').map((line) => line.split(/ {2,}/));
  expect(cells.slice(1)).toEqual([
    ['A1', 'fell short', '2–3×', '1.5× (1.4–1.6)', '1.50×'],
    ['A2', 'no verdict', '2–3×'],
    ['A3', 'cannot add up'],
    [''],
    ['A2, c: It failed.'],
    [''],
  ]);
});
