import { describe, expect, test } from 'vitest';
import { describeTruth, hasTruth, readTruth } from './ground-truth.ts';
import { closedNetwork, lossyTandem, saturatedTandem, tandem } from './network-formulas.ts';
import {
  erlangArrivalsM1,
  erlangB,
  md1,
  mg1,
  mm1,
  mmc,
  mmck,
  processorSharing,
} from './queueing-formulas.ts';
import { studentCdf, studentQuantile } from './student-t.ts';

describe('formulas agree where models meet', () => {
  test('one server', () => {
    expect(mmc(0.8, 1, 1).Wq).toBeCloseTo(mm1(0.8, 1).Wq, 12);
    expect(mg1(0.8, 1, 2).L).toBeCloseTo(mm1(0.8, 1).L, 12);
    expect(md1(0.8, 1).Wq).toBeCloseTo(mm1(0.8, 1).Wq / 2, 12);
    expect(erlangArrivalsM1(0.8, 1, 1).W).toBeCloseTo(mm1(0.8, 1).W, 12);
    expect(processorSharing(0.8, 1).W).toBeCloseTo(mm1(0.8, 1).W, 12);
  });
  test('places without end, and none', () => {
    expect(mmck(1.5, 1, 2, 400).Lq).toBeCloseTo(mmc(1.5, 1, 2).Lq, 9);
    expect(mmck(2, 1, 4, 4).blocking).toBeCloseTo(erlangB(2, 4), 12);
  });
  test('a tandem that is never full, and one that always has work', () => {
    const free = lossyTandem(0.5, 1, 1, 24, 24);
    expect(free.L1 + free.L2).toBeCloseTo(2, 4);
    const pressed = lossyTandem(1e6, 1, 0.8, 2, 2);
    expect(pressed.throughput).toBeCloseTo(saturatedTandem(1, 0.8, 2).throughput, 5);
    expect(pressed.stage1_blocked).toBeCloseTo(saturatedTandem(1, 0.8, 2).stage1_blocked, 5);
  });
  test('a closed network of one station is never idle', () => {
    expect(closedNetwork([2], 0, 5)).toMatchObject({ throughput: 0.5, R: 10 });
  });
  test('worked by hand: half of who comes to one server without places is lost', () => {
    expect(erlangB(1, 1)).toBe(0.5);
    expect(saturatedTandem(1, 1, 0).throughput).toBeCloseTo(2 / 3, 12);
  });
});

test('Student’s t: table values', () => {
  // M. Abramowitz and I. Stegun, Handbook of Mathematical Functions, table 26.10.
  expect(studentQuantile(0.995, 29)).toBeCloseTo(2.756, 3);
  expect(studentQuantile(0.995, 1)).toBeCloseTo(63.657, 3);
  expect(studentQuantile(0.975, 10)).toBeCloseTo(2.228, 3);
  expect(studentCdf(-2.756, 29)).toBeCloseTo(0.005, 4);
});

interface Reference {
  model: string;
  params: Record<string, unknown>;
  exact: Record<string, number>;
}

describeTruth('queueing', 'numbers worked out by others', () => {
  const references = hasTruth('queueing')
    ? (JSON.parse(readTruth('queueing/references.json')) as Reference[])
    : [];
  test('there are some, of every model that is simulated here', () => {
    expect(new Set(references.map(({ model }) => model)).size).toBeGreaterThanOrEqual(9);
  });
  test.each(references.map((one) => [`${one.model} ${JSON.stringify(one.params)}`, one] as const))(
    '%s',
    (_, { model, params, exact }) => {
      const ours = answer(model, params as never);
      const names = Object.keys(exact).filter((name) => name !== 'rho');
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) {
        expect(ours, `${model} has no ${name} of ours`).toHaveProperty(name);
        const relative = Math.abs(ours[name]! - exact[name]!) / Math.abs(exact[name]!);
        expect(relative, `${name}: ${ours[name]} against ${exact[name]}`).toBeLessThan(1e-9);
      }
    },
  );
});

interface Params {
  lam: number;
  mu: number;
  c: number;
  K: number;
  B: number;
  N: number;
  mu1: number;
  mu2: number;
  think: number;
  offered: number;
  service: number;
  ES: number;
  ES2: number;
  stages: { mu: number; c: number }[];
  demands: number[];
}

/** Our answer under the names that the references use. */
function answer(model: string, p: Params): Record<string, number> {
  if (model === 'M/M/1') return { ...mm1(p.lam, p.mu) };
  if (model.startsWith('M/M/c/c')) {
    const blocking = erlangB(p.offered, p.c);
    return { blocking, carried: p.offered * (1 - blocking) };
  }
  if (model === 'M/M/c/K') return { ...mmck(p.lam, p.mu, p.c, p.K) };
  if (model.startsWith('M/M/c')) return { ...mmc(p.lam, p.mu, p.c) };
  if (model === 'M/D/1') return { ...md1(p.lam, p.service) };
  if (model.startsWith('M/G/1')) return { ...mg1(p.lam, p.ES, p.ES2) };
  if (model.startsWith('Jackson tandem')) {
    const { L, ...total } = tandem(p.lam, p.stages);
    return { ...total, ...numbered('L', L) };
  }
  if (model.startsWith('closed network')) {
    const { throughput, R, Q, U } = closedNetwork(p.demands, p.think, p.N);
    return { throughput, R, ...numbered('Q', Q), ...numbered('U', U) };
  }
  if (model.startsWith('two-stage saturated tandem'))
    return { ...saturatedTandem(p.mu1, p.mu2, p.B) };
  throw new Error(`There is no formula here for ${model}.`);
}

const numbered = (name: string, values: readonly number[]): Record<string, number> =>
  Object.fromEntries(values.map((value, i) => [`${name}${i + 1}`, value]));
