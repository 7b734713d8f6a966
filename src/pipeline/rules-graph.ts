/** Rules about names of stages and how they hang together. */
import { formatCount } from '../base/units.ts';
import { ceilings } from './ceilings.ts';
import { findCycle } from './graph.ts';
import { at, type Findings } from './rules.ts';
import { noStage } from './schema-at.ts';
import type { PipelineDocument } from './types.ts';

const idPattern = /^[a-z][a-z0-9-]*$/;
const maxIdLetters = 64;

/** A valid id made of any text: "Resize (2x)" → "resize-2x". */
export function idFrom(name: string): string {
  const id = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, maxIdLetters)
    .replace(/-+$/, '');
  return id === '' || id in Object.prototype ? 'stage' : id;
}

/** What is wrong with an id, as the rest of a sentence; null: nothing. */
export function idFault(id: string): string | null {
  if (id.length > maxIdLetters) return `is longer than ${maxIdLetters} letters: use a short one`;
  if (!idPattern.test(id)) {
    return `is ${JSON.stringify(id)}: use lower-case letters, digits and hyphens, a letter first, such as "${idFrom(id)}"`;
  }
  if (id in Object.prototype) return `is "${id}": this name is reserved, use another`;
  return null;
}

/** Unique, well-formed ids. False: stages can't be told apart, so nothing else is worth checking. */
export function checkIds(document: PipelineDocument, findings: Findings): boolean {
  const firstPlace = new Map<string, number>();
  let good = true;
  document.stages.forEach(({ id }, index) => {
    const fault = idFault(id);
    const first = firstPlace.get(id);
    if (fault !== null) findings.error(['stages', index, 'id'], fault);
    else if (first !== undefined) {
      findings.error(
        ['stages', index, 'id'],
        `is "${id}", as is that of stages[${first}]: ids are unique, use "${freeId(id, document)}"`,
      );
    } else firstPlace.set(id, index);
    good &&= fault === null && first === undefined;
  });
  return good;
}

/** The id itself, or with the first number that makes it unique: "resize-2". */
export function freeId(wanted: string, document: PipelineDocument): string {
  const taken = new Set(document.stages.map((stage) => stage.id));
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/-\d+$/, '').slice(0, maxIdLetters - 5);
  for (let n = 2; ; n++) if (!taken.has(`${stem}-${n}`)) return `${stem}-${n}`;
}

/** Parents that exist, once each; no cycle. */
export function checkGraph(document: PipelineDocument, findings: Findings): void {
  const ids = document.stages.map((stage) => stage.id);
  const known = new Set(ids);
  const connections = document.stages.reduce((sum, stage) => sum + (stage.after?.length ?? 0), 0);
  if (connections > ceilings.connections) {
    const most = formatCount(ceilings.connections);
    findings.error(
      ['stages'],
      `have ${formatCount(connections)} connections: the ceiling is ${most}`,
    );
    return;
  }
  for (const stage of document.stages) {
    const seen = new Set<string>();
    for (const [place, parent] of (stage.after ?? []).entries()) {
      const path = at(stage, 'after', place);
      if (parent === stage.id)
        findings.error(path, `is "${parent}" itself: a stage can't be its own parent`);
      else if (!known.has(parent)) findings.error(path, `is unknown: ${noStage(parent, ids)}`);
      else if (seen.has(parent)) findings.error(path, `names "${parent}" again: once is enough`);
      seen.add(parent);
    }
  }
  // A stage that is its own parent has its sentence already.
  const others = document.stages.map((stage) => ({
    id: stage.id,
    after: stage.after?.filter((parent) => parent !== stage.id),
  }));
  const cycle = findCycle(others);
  if (cycle) {
    findings.error(
      ['stages', cycle[0]!, 'after'],
      `closes a cycle: ${cycle.join(' → ')}; remove one of these connections`,
    );
  }
}
