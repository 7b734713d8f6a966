/** Modules of the project. */
const modules = 12;
const functionsEach = 40;

/**
 * The source of a module, as real code that a parser has to read. In every build after the first one module is not
 * what it was: the first in the second build, the second in the third …
 */
export default function checkout({ index }: { index: number }) {
  const build = Math.floor(index / modules);
  const module = index % modules;
  const edits = Math.max(0, Math.min(1, build - module));
  const lines = Array.from({ length: functionsEach }, (_, at) =>
    functionText(at, module, at === 0 ? edits : 0),
  );
  // No number of the build in it: what is the same has the same name in the cache.
  return { path: `src/module-${module}.ts`, text: lines.join('\n') };
}

function functionText(at: number, module: number, edits: number): string {
  return `
export function step${at}(rows: readonly { weight: number; value: number }[]): number {
  let sum = ${module + edits};
  for (const { weight, value } of rows) {
    if (!Number.isFinite(value) || weight < ${at}) continue;
    sum += value > ${at} ? value * weight : weight / (1 + Math.abs(value));
  }
  return rows.length === 0 ? 0 : sum / rows.length;
}`;
}
