import { importsOf } from './imports-of.ts';
import { resolveImport } from './check-imports.ts';
import { isCode, type ProjectFiles } from './project-files.ts';

/**
 * Groups of files that need each other to be evaluated first. Type imports vanish and lazy imports wait,
 * so neither counts. Each group is named by one way round: "a.ts → b.ts → a.ts".
 */
export function importCycles(files: ProjectFiles): string[] {
  const edges = new Map<string, string[]>();
  for (const [path, text] of files) {
    if (!isCode(path)) continue;
    const targets = importsOf(path, text)
      .filter(({ kind, query }) => kind === 'static' && query === '')
      .map(({ specifier }) => resolveImport(path, specifier, files))
      .filter((target) => target !== null);
    edges.set(path, targets);
  }
  const cycles: string[] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (path: string): void => {
    const seenAt = trail.indexOf(path);
    if (seenAt >= 0) {
      cycles.push([...trail.slice(seenAt), path].join(' → '));
      return;
    }
    if (done.has(path)) return;
    trail.push(path);
    edges.get(path)?.forEach(visit);
    trail.pop();
    done.add(path);
  };
  [...edges.keys()].forEach(visit);
  return cycles;
}
