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
  /** Which group it belongs to, counted over all, not just those that can be seen. */
  group: number;
  sub: number;
  main: SpanLane | null;
  ghost: SpanLane | null;
  topPx: number;
  heightPx: number;
  ghostHeightPx: number;
}

/** Where the lanes are. By item only those that can be seen are listed; the others can be asked for. */
export interface LanePlacement {
  groups: GroupRow[];
  lanes: LaneRow[];
  /** Numbers of the first listed group and lane among all. */
  firstGroup: number;
  firstLane: number;
  laneCount: number;
  contentHeightPx: number;
  laneAt(lane: number): LaneRow | undefined;
}

/** Few lanes grow to fill their pane, up to here: higher bars say nothing more. */
const mostLaneOfOnePx = 64;
const mostLaneOfSeveralPx = 26;
const mostGroupPx = 112;

/** How high a lane grows where the fullest worker or stage has so many. */
export function mostLanePx(lanesOfGroup: number): number {
  const share = mostGroupPx / Math.max(1, lanesOfGroup);
  return Math.floor(Math.min(mostLaneOfOnePx, Math.max(mostLaneOfSeveralPx, share)));
}
const leastLanePx = 3;
/** Cache hits are instants: ticks need no more. */
export const outsideLanePx = 18;
export const groupGapPx = 3;
/** The outlined predicted row takes this share of a lane, and no more than this. */
const ghostShare = 0.3;
const mostGhostPx = 18;

/** What the predicted row takes of a lane; the same in every lane, so that all measured rows are equally high. */
export const ghostHeight = (lanePx: number): number =>
  Math.max(1, Math.min(mostGhostPx, Math.round(lanePx * ghostShare)));

/** Stacks groups and their lanes, as high as fits; groups of the two models are matched by id. */
export function placeLanes(input: ScheduleInput): LanePlacement {
  const { main, heightPx, scrollPx = 0 } = input;
  if (main.items) return main.items.place(input);
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
  const inside = pairs.filter(({ id }) => id >= 0);
  const total = inside.reduce((sum, pair) => sum + lanesOf(pair), 0);
  const outsidePx = (pairs.length - inside.length) * outsideLanePx;
  const room = heightPx - pairs.length * groupGapPx - outsidePx;
  const insidePx = Math.min(
    mostLanePx(inside.reduce((most, pair) => Math.max(most, lanesOf(pair)), 1)),
    Math.max(leastLanePx, Math.floor(room / Math.max(1, total))),
  );
  const groups: GroupRow[] = [];
  const lanes: LaneRow[] = [];
  let top = -scrollPx;
  for (const pair of pairs) {
    const count = lanesOf(pair);
    const lanePx = pair.id < 0 ? Math.min(outsideLanePx, insidePx) : insidePx;
    for (let sub = 0; sub < count; sub++) {
      const ghostLane = pair.ghost?.lanes[sub] ?? null;
      lanes.push({
        group: groups.length,
        sub,
        main: pair.main?.lanes[sub] ?? null,
        ghost: ghostLane,
        topPx: top + sub * lanePx,
        heightPx: lanePx - (lanePx > 6 ? 1 : 0),
        ghostHeightPx: ghost ? ghostHeight(lanePx) : 0,
      });
    }
    const label = pair.main?.label ?? pair.ghost?.label ?? '';
    groups.push({ ...pair, label, topPx: top, heightPx: count * lanePx });
    top += count * lanePx + groupGapPx;
  }
  return {
    groups,
    lanes,
    firstGroup: 0,
    firstLane: 0,
    laneCount: lanes.length,
    contentHeightPx: Math.max(0, top + scrollPx - groupGapPx),
    laneAt: (lane) => lanes[lane],
  };
}

/** What no worker ran comes last. */
const order = (id: number) => (id < 0 ? Infinity : id);
