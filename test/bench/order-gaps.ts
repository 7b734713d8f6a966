import type { Order, Pipeline } from '../../src/pipeline/types.ts';
import { orders, scheduleOf } from '../truth/import-instance.ts';

/** How far a family of instances ends above its proven optima under one order. Shares: 0.1 is 10 %. */
export interface OrderGap {
  family: string;
  order: Order;
  instances: number;
  mean: number;
  median: number;
  worst: number;
  /** Share of the instances that end at the optimum. */
  optimal: number;
}

export interface Instance {
  family: string;
  /** Read when its turn comes. */
  load: () => Pipeline;
  /** Processors, where the family comes with several counts of them. */
  workers?: number;
  /** Proven, ms. */
  optimum: number;
}

/** Every instance under every order, in virtual time: a row an order and family. */
export function orderGaps(instances: readonly Instance[]): OrderGap[] {
  const gaps = new Map<string, Map<Order, number[]>>();
  for (const { family, load, workers, optimum } of instances) {
    const pipeline = load();
    const own = gaps.get(family) ?? new Map(orders.map((order) => [order, []]));
    gaps.set(family, own);
    for (const order of orders) {
      const { makespan } = scheduleOf(pipeline, { order, ...(workers ? { workers } : {}) }).meta;
      own.get(order)!.push(makespan / optimum - 1);
    }
  }
  return [...gaps].flatMap(([family, byOrder]) =>
    [...byOrder].map(([order, values]) => ({ family, order, ...summary(values) })),
  );
}

function summary(values: readonly number[]): Omit<OrderGap, 'family' | 'order'> {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return {
    instances: sorted.length,
    mean: sorted.reduce((sum, gap) => sum + gap, 0) / sorted.length,
    median: (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2,
    worst: sorted.at(-1)!,
    optimal: sorted.filter((gap) => gap === 0).length / sorted.length,
  };
}
