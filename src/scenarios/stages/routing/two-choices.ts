import { routeAll, type Office } from 'office';

/** Looks at two pools, drawn at random, and takes the one with fewer tasks. */
export default function route(office: Office): number[] {
  let pools: number[] = [];
  for (let i = 0; i < office.times; i++) pools = once(office);
  return pools;
}

function once(office: Office): number[] {
  const loads = new Array<number>(office.n).fill(0);
  const betterOfTwo = (task: number) => {
    const [a, b] = office.pairs[task]!;
    return loads[b]! < loads[a]! ? b : a;
  };
  return routeAll(office, betterOfTwo, (pool, by) => (loads[pool]! += by));
}
