import { concurrency, meanMs } from 'settings';

interface Item {
  index: number;
}

/** Items after which the waits begin anew. */
const cycle = 100;

/** Quantiles of an exponential distribution in an order that looks like none: many short waits, few long ones. */
function waitMsOf(index: number): number {
  const quantile = (((index * 37) % cycle) + 0.5) / cycle;
  return -Math.log(1 - quantile) * meanMs;
}

async function one({ index }: Item, ctx: StageContext) {
  await ctx.wait(waitMsOf(index));
  return { index, done: true };
}

/**
 * Works on a batch, so many items at once, and is done when the last of them is. An item that is alone in its task
 * stands for itself.
 */
export default async function process(items: Item | Item[], ctx: StageContext) {
  if (!Array.isArray(items)) return one(items, ctx);
  const results: unknown[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) results[at] = await one(items[at]!, ctx);
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return results;
}
