import { routeAll, type Office } from 'office';

/** Looks at every pool for the one with the fewest tasks. */
export default function route(office: Office): number[] {
  let pools: number[] = [];
  for (let i = 0; i < office.times; i++) pools = once(office);
  return pools;
}

function once(office: Office): number[] {
  const loads = new Array<number>(office.n).fill(0);
  const leastLoaded = () => {
    let least = 0;
    for (let pool = 1; pool < loads.length; pool++) if (loads[pool]! < loads[least]!) least = pool;
    return least;
  };
  return routeAll(office, leastLoaded, (pool, by) => (loads[pool]! += by));
}
