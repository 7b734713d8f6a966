/** Renaming and removing stages: every place that names them is rewritten, or reported. */
import { fail, ok, type Result } from '../base/result.ts';
import { accepted } from './edit.ts';
import { withRewrittenIds } from './rewrite-ids.ts';
import { idFault } from './rules-graph.ts';
import { noStage } from './schema-at.ts';
import { stageTitle } from './stage-title.ts';
import type { PipelineDocument } from './types.ts';

function known(document: PipelineDocument, id: string): string | null {
  const ids = document.stages.map((stage) => stage.id);
  return ids.includes(id) ? null : noStage(id, ids);
}

/** Gives a stage another id, in parents, targets and pointers. Its shown name stays. */
export function renameStage(
  document: PipelineDocument,
  from: string,
  to: string,
): Result<PipelineDocument> {
  const unknown = known(document, from);
  if (unknown !== null) return fail(unknown);
  if (from === to) return ok(document);
  const fault = idFault(to);
  if (fault !== null) return fail(`the new id ${fault}`);
  if (known(document, to) === null) return fail(`there is a stage "${to}" already`);
  const stages = document.stages.map((stage) => (stage.id === from ? { ...stage, id: to } : stage));
  const rewriting = { to: (id: string) => (id === from ? to : id) };
  return accepted(document, withRewrittenIds({ ...document, stages }, rewriting));
}

/**
 * Takes stages out. `dangling` says, a sentence each, what named them and was taken out with them, and
 * which stages are now fed by the source.
 */
export function removeStages(
  document: PipelineDocument,
  ids: readonly string[],
): Result<{ document: PipelineDocument; dangling: string[] }> {
  for (const id of ids) {
    const unknown = known(document, id);
    if (unknown !== null) return fail(unknown);
  }
  const out = new Set(ids);
  const titles = new Map(document.stages.map((stage) => [stage.id, stageTitle(stage)]));
  const quoted = (id: string): string => `"${titles.get(id) ?? id}"`;
  const stages = document.stages.filter((stage) => !out.has(stage.id));
  if (stages.length === 0) {
    return fail(
      out.size === 1
        ? `${quoted(ids[0]!)} is the last stage: a pipeline needs at least one`
        : 'these are all the stages there are: a pipeline needs at least one, so leave one out',
    );
  }
  const dangling: string[] = [];
  for (const stage of stages) {
    const lost = (stage.after ?? []).filter((parent) => out.has(parent));
    if (lost.length === 0) continue;
    const left = stage.after!.filter((parent) => !out.has(parent));
    const feed = left.length === 0 ? 'the source' : left.map(quoted).join(', ');
    dangling.push(
      `${quoted(stage.id)} took the outputs of ${lost.map(quoted).join(' and ')} and is now fed by ${feed}.`,
    );
  }
  const rewriting = {
    to: (id: string) => (out.has(id) ? null : id),
    gone: (place: string, id: string): void => {
      dangling.push(`${place} pointed to ${quoted(id)} and was taken out.`);
    },
  };
  const result = accepted(document, withRewrittenIds({ ...document, stages }, rewriting));
  return result.ok ? ok({ document: result.value, dangling }) : result;
}
