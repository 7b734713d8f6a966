import type { App } from '../state/app.svelte.ts';
import { CodeChecker } from './check-code.ts';

const pauseMs = 250;

/** Checks the code of all stages for syntax errors, a moment after it changed. */
export function watchCode(app: App): void {
  const checker = new CodeChecker(app.services.compiler);
  const codes = $derived(
    app.doc.document.stages.flatMap(({ id, work }) =>
      work.kind === 'code' ? [{ id, source: work.source }] : [],
    ),
  );
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
