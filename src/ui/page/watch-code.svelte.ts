import type { PipelineDocument } from '../../pipeline/types.ts';
import type { App } from '../state/app.svelte.ts';
import { CodeChecker } from './check-code.ts';

const pauseMs = 250;

/**
 * Checks the code of all stages for syntax errors, a moment after it changed. The code of a `shipped`
 * document is known to be right: for somebody who only looks no compiler is fetched.
 */
export function watchCode(app: App, shipped: () => PipelineDocument | null): void {
  const checker = new CodeChecker(app.services.compiler);
  const known = $derived(new Set(codesOf(shipped()).map(({ source }) => source)));
  const codes = $derived(codesOf(app.doc.document).filter(({ source }) => !known.has(source)));
  $effect(() => {
    const wanted = codes;
    let stopped = false;
    const timer = setTimeout(async () => {
      const problems = await checker.check(wanted);
      if (!stopped) app.codeProblems = problems;
    }, pauseMs);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  });
}

function codesOf(document: PipelineDocument | null): { id: string; source: string }[] {
  return (document?.stages ?? []).flatMap(({ id, work }) =>
    work.kind === 'code' ? [{ id, source: work.source }] : [],
  );
}
