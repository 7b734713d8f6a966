import type { RunError } from '../../engine/runner.ts';
import type { App } from '../state/app.svelte.ts';

const pauseMs = 250;

/** Checks the code of all stages for syntax errors, a moment after it changed. */
export function watchCode(app: App): void {
  const sources = $derived(
    app.doc.document.stages.flatMap(({ id, work }) =>
      work.kind === 'code' ? [{ id, source: work.source }] : [],
    ),
  );
  const checked = new Map<string, RunError[]>();
  $effect(() => {
    const wanted = sources;
    let stopped = false;
    const timer = setTimeout(async () => {
      const problems = new Map<string, RunError[]>();
      for (const { id, source } of wanted) {
        const errors = checked.get(source) ?? (await app.services.compiler.check(source).catch(() => []));
        checked.set(source, errors);
        if (errors.length > 0) problems.set(id, errors);
      }
      if (!stopped) app.codeProblems = problems;
    }, pauseMs);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  });
}
