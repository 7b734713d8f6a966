/** The rule that a zip of several parents gets the same item from all of them. */
import { meanOf } from '../base/draw-mean.ts';
import { topologicalOrder } from './graph.ts';
import { at, type Findings } from './rules.ts';
import type { PipelineDocument, StageDocument } from './types.ts';

/** Where items got the name they carry: the source, or the stage that made them. */
type Births = ReadonlySet<string>;
const source: Births = new Set(['the source']);

/**
 * Refuses a zip whose parents can never bring the same item: nothing comes out of one of them; or the result of an `all` or `fold`, copies
 * under `each` and children have names of their own, so their partner would be waited for in vain.
 */
export function checkMeetings(document: PipelineDocument, findings: Findings): void {
  const stages = new Map(document.stages.map((stage) => [stage.id, stage]));
  const outgoing = new Map<string, Births>();
  for (const id of topologicalOrder(document.stages) ?? []) {
    const stage = stages.get(id)!;
    const incoming = (stage.after ?? []).map((parent) => outgoing.get(parent) ?? source);
    outgoing.set(id, birthsAfter(stage, incoming));
    if ((stage.join ?? 'zip') !== 'zip' || incoming.length < 2) continue;
    const barren = incoming.findIndex((births) => births.size === 0);
    if (barren >= 0 && incoming.some((births) => births.size > 0)) {
      const parent = stages.get(stage.after![barren]!)!;
      findings.error(
        at(stage, 'after'),
        `waits for "${parent.id}", out of which nothing ever comes (${whyBarren(parent, stages)}), so every other half would wait in vain; leave "${parent.id}" out, or use join "each" or "all"`,
      );
    } else if (incoming.every((births) => births.size > 0) && meet(incoming).size === 0) {
      const parents = stage.after!.map((parent) => `"${parent}"`).join(' and ');
      findings.error(
        at(stage, 'after'),
        `is zipped from ${parents}, which never put out the same item (results of "all" and "fold", copies under "each" and children are items of their own), so every half would wait in vain; use join "each" or "all"`,
      );
    }
  }
}

function birthsAfter(stage: StageDocument, incoming: readonly Births[]): Births {
  const join = stage.join ?? 'zip';
  if (join === 'all' || join === 'fold') return new Set([stage.id]);
  const passed =
    incoming.length === 0
      ? source
      : incoming.length === 1
        ? incoming[0]!
        : join === 'each'
          ? new Set([`copies at ${stage.id}`])
          : meet(incoming);
  const { work } = stage;
  // Code may do as it likes with each item: pass it on, end it, or make children.
  const expand = work.kind === 'synthetic' ? (work.expand ?? 1) : null;
  if (expand === 1) return passed;
  const children = `children at ${stage.id}`;
  if (expand !== null && meanOf(expand) === 0) return new Set();
  if (typeof expand === 'number' && expand >= 2) return new Set([children]);
  return new Set([...passed, children]);
}

const dropsAll = ({ work }: StageDocument): boolean =>
  work.kind === 'synthetic' && meanOf(work.expand ?? 1) === 0;

function whyBarren(stage: StageDocument, stages: ReadonlyMap<string, StageDocument>): string {
  if (dropsAll(stage)) return 'its work.expand is 0: it drops every item';
  const dropper = (stage.after ?? []).map((id) => stages.get(id)!).find(dropsAll);
  return dropper ? `"${dropper.id}" above it drops every item` : 'nothing reaches it';
}

function meet(all: readonly Births[]): Births {
  return new Set([...all[0]!].filter((birth) => all.every((births) => births.has(birth))));
}
