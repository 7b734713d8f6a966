/** A part of a document as a document of its own, to be pasted elsewhere. */
import type { PipelineDocument, StageDocument } from './types.ts';

/**
 * The stages with the edges among them, and the limits and modules they use; what came to them from other
 * stages comes from the source. null: none of these stages is there.
 */
export function copyStages(
  document: PipelineDocument,
  ids: readonly string[],
): PipelineDocument | null {
  const wanted = new Set(ids);
  const stages = document.stages
    .filter(({ id }) => wanted.has(id))
    .map((stage) => within(structuredClone(stage), wanted));
  if (stages.length === 0) return null;
  const used = new Set(stages.flatMap(({ uses = {} }) => Object.keys(uses)));
  const limits = picked(document.limits ?? {}, (name) => used.has(name));
  const imported = modulesOf(stages, document.modules ?? {});
  const modules = picked(document.modules ?? {}, (name) => imported.has(name));
  return {
    format: 'millrace/1',
    stages,
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(Object.keys(modules).length > 0 && { modules }),
  };
}

function within({ after = [], ...stage }: StageDocument, ids: ReadonlySet<string>): StageDocument {
  const kept = after.filter((parent) => ids.has(parent));
  const { id, name, ...rest } = stage;
  // In the order people write them.
  const named = { id, ...(name !== undefined && { name }) };
  return kept.length === 0 ? { ...named, ...rest } : { ...named, after: kept, ...rest };
}

/** Modules of the document that the stages' code names in an import, and those that these import. */
function modulesOf(
  stages: readonly StageDocument[],
  modules: Record<string, string>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const todo = stages.flatMap(({ work }) => (work.kind === 'code' ? [work.source] : []));
  for (let code = todo.pop(); code !== undefined; code = todo.pop()) {
    for (const [name, source] of Object.entries(modules)) {
      // A name that only stands in a string brings the module along for nothing, which harms nobody.
      const isNamed = [`'${name}'`, `"${name}"`].some((quoted) => code!.includes(quoted));
      if (found.has(name) || !isNamed) continue;
      found.add(name);
      todo.push(source);
    }
  }
  return found;
}

function picked<T>(
  table: Record<string, T>,
  isWanted: (name: string) => boolean,
): Record<string, T> {
  return Object.fromEntries(Object.entries(table).filter(([name]) => isWanted(name)));
}
