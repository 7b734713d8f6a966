import type { ScheduleInput } from './schedule.ts';
import type { LaneGroup } from './schedule-lanes.ts';
import type { SpanLane } from './span-lane.ts';

/** A worker or stage on the screen: its label stands beside it. */
export interface GroupRow {
  id: number;
  label: string;
  main: LaneGroup | null;
  ghost: LaneGroup | null;
  topPx: number;
  heightPx: number;
}

/** One sub-lane on the screen. The ghost (predicted) takes the top `ghostHeightPx` of it. */
export interface LaneRow {
  /** Index into the scene's groups. */
  group: number;
  sub: number;
  main: SpanLane | null;
  ghost: SpanLane | null;
  topPx: number;
  heightPx: number;
  ghostHeightPx: number;
}

const mostLanePx = 26;
const leastLanePx = 3;
const groupGapPx = 3;
/** The outlined predicted row takes this share of a lane. */
const ghostShare = 0.3;

/** Stacks groups and their lanes, as high as fits; groups of the two models are matched by id. */
export function placeLanes(input: ScheduleInput): {
  groups: GroupRow[];
  lanes: LaneRow[];
  contentHeightPx: number;
} {
  const { main, heightPx, scrollPx = 0 } = input;
  const ghost = input.ghost ?? null;
  const ids = new Set(main.groups.map((group) => group.id));
  for (const group of ghost?.groups ?? []) ids.add(group.id);
  const ordered = [...ids].sort((a, b) => order(a) - order(b));
  const pairs = ordered.map((id) => ({
    id,
    main: main.groups.find((group) => group.id === id) ?? null,
    ghost: ghost?.groups.find((group) => group.id === id) ?? null,
  }));
  const lanesOf = (pair: (typeof pairs)[number]) =>
    Math.max(1, pair.main?.lanes.length ?? 0, pair.ghost?.lanes.length ?? 0);
  const total = pairs.reduce((sum, pair) => sum + lanesOf(pair), 0);
  const room = heightPx - pairs.length * groupGapPx;
  const lanePx = Math.min(mostLanePx, Math.max(leastLanePx, Math.floor(room / Math.max(1, total))));
  const groups: GroupRow[] = [];
  const lanes: LaneRow[] = [];
  let top = -scrollPx;
  for (const pair of pairs) {
    const count = lanesOf(pair);
    for (let sub = 0; sub < count; sub++) {
      const ghostLane = pair.ghost?.lanes[sub] ?? null;
      lanes.push({
        group: groups.length,
        sub,
        main: pair.main?.lanes[sub] ?? null,
        ghost: ghostLane,
        topPx: top + sub * lanePx,
        heightPx: lanePx - (lanePx > 6 ? 1 : 0),
        // The same room in every lane, so that all measured rows are equally high.
        ghostHeightPx: ghost ? Math.max(1, Math.round(lanePx * ghostShare)) : 0,
      });
    }
    const label = pair.main?.label ?? pair.ghost?.label ?? '';
    groups.push({ ...pair, label, topPx: top, heightPx: count * lanePx });
    top += count * lanePx + groupGapPx;
  }
  return { groups, lanes, contentHeightPx: Math.max(0, top + scrollPx - groupGapPx) };
}

/** What no worker ran comes last. */
const order = (id: number) => (id < 0 ? Infinity : id);
