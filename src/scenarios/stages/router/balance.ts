interface Balance {
  cursor: number;
  pools: Map<string, number>;
}

export function init(): Balance {
  return { cursor: 0, pools: new Map() };
}

/** Counts the requests of each pool, and how far the cursor has come. */
export default function count(balance: Balance, routed: { cursor: number; pool: string }): Balance {
  const { pools } = balance;
  pools.set(routed.pool, (pools.get(routed.pool) ?? 0) + 1);
  balance.cursor = Math.max(balance.cursor, routed.cursor);
  return balance;
}

export function finish({ cursor, pools }: Balance) {
  return { cursor, ...Object.fromEntries([...pools].sort(([a], [b]) => (a < b ? -1 : 1))) };
}
