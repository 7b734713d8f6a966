/** What only some readers ask for, one chunk: lanes by item, an item's way, the critical path, the search. */
export { buildItemSchedule } from '../../charts/layout/item-lanes.ts';
export { LitSpans } from '../../charts/layout/lit-spans.ts';
export { findItems } from './find-items.ts';
export { itemFocus, pathFocus } from './schedule-focus.ts';
