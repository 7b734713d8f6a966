import type { ItemLanes } from './item-lanes.ts';
import { ghostHeight, type GroupRow, type LanePlacement, type LaneRow } from './schedule-rows.ts';
import type { ScheduleInput } from './schedule.ts';

/** Of one task: from the least that tells one stage from another to what has room for a name. */
const leastSubPx = 9;
/** With the predicted row above it. */
const leastSubOfBothPx = 14;
const mostSubPx = 26;

/** Places the lanes of the items that can be seen, all equally high: which those are is a division. */
export function placeItemLanes(input: ScheduleInput, main: ItemLanes): LanePlacement {
  const { heightPx, scrollPx = 0 } = input;
  const ghost = input.ghost?.items ?? null;
  const pairs = main.alignedWith(ghost);
  const subs = Math.max(main.subs, ghost?.subs ?? 1);
  const leastPx = ghost ? leastSubOfBothPx : leastSubPx;
  const subPx = Math.min(
    mostSubPx,
    Math.max(leastPx, Math.floor(heightPx / Math.max(1, pairs.count * subs))),
  );
  const itemPx = subPx * subs;
  const groupAt = (place: number): GroupRow => {
    const [own, predicted] = [pairs.main[place]!, pairs.ghost[place]!];
    const mainGroup = own < 0 ? null : main.group(own);
    const ghostGroup = predicted < 0 ? null : ghost!.group(predicted);
    return {
      id: place,
      label: (mainGroup ?? ghostGroup)!.label,
      main: mainGroup,
      ghost: ghostGroup,
      topPx: place * itemPx - scrollPx,
      heightPx: itemPx - 1,
    };
  };
  const laneOf = (group: GroupRow, sub: number): LaneRow => ({
    group: group.id,
    sub,
    main: group.main?.lanes[sub] ?? null,
    ghost: group.ghost?.lanes[sub] ?? null,
    topPx: group.topPx + sub * subPx,
    heightPx: subPx - 1,
    ghostHeightPx: ghost ? ghostHeight(subPx) : 0,
  });
  const groups: GroupRow[] = [];
  const lanes: LaneRow[] = [];
  const firstGroup = Math.max(0, Math.min(pairs.count - 1, Math.floor(scrollPx / itemPx)));
  const endGroup = Math.min(pairs.count, Math.ceil((scrollPx + heightPx) / itemPx));
  for (let place = firstGroup; place < endGroup; place++) {
    const group = groupAt(place);
    groups.push(group);
    for (let sub = 0; sub < subs; sub++) lanes.push(laneOf(group, sub));
  }
  return {
    groups,
    firstGroup,
    lanes,
    firstLane: firstGroup * subs,
    laneCount: pairs.count * subs,
    contentHeightPx: Math.max(0, pairs.count * itemPx - 1),
    laneAt: (lane) =>
      lane >= 0 && lane < pairs.count * subs
        ? laneOf(groupAt(Math.floor(lane / subs)), lane % subs)
        : undefined,
  };
}
