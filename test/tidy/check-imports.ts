import { posix } from 'node:path';
import { importsOf, type Import } from './imports-of.ts';
import { isCode, type ProjectFiles } from './project-files.ts';
import {
  buildPackages,
  compositionPackages,
  foundation,
  rooms,
  stageModulePrefix,
  virtualPrefix,
  workerPackages,
  workerRooms,
} from './rooms.ts';

const placeNames = Object.keys(rooms).sort((a, b) => b.length - a.length);

/** The room a file lives in; null: it is in none (the composition root, workers, tests). */
export function roomOf(path: string): string | null {
  return placeNames.find((room) => path.startsWith(`src/${room}/`)) ?? null;
}

/** The project's file a relative import means; null: none, or it is no relative import. */
export function resolveImport(from: string, specifier: string, files: ProjectFiles): string | null {
  if (!specifier.startsWith('.')) return null;
  const path = posix.join(posix.dirname(from), specifier);
  return files.has(path) ? path : null;
}

/** One sentence for each import that its room's line does not allow. */
export function forbiddenImports(files: ProjectFiles): string[] {
  const problems: string[] = [];
  for (const [path, text] of files) {
    if (!isCode(path) || path.startsWith('test/')) continue;
    const imports = importsOf(path, text);
    for (const one of imports) {
      const problem = judge(path, one, files);
      if (problem !== null) problems.push(`${path}:${one.line} ${problem}`);
    }
    if (path.startsWith('workers/')) problems.push(...manyRooms(path, imports, files));
  }
  return problems;
}

function judge(path: string, { specifier }: Import, files: ProjectFiles): string | null {
  if (specifier.startsWith('.')) {
    const target = resolveImport(path, specifier, files);
    if (target === null) return `imports ${specifier}, which is no file (with its ending) here`;
    return judgeFile(path, target);
  }
  if (specifier.startsWith('/')) return `imports ${specifier}: use a relative path`;
  if (isDocumentModule(path, specifier, files)) return null;
  return judgePackage(path, specifier);
}

/** Example stage code imports its document's own modules by name; a declaration beside it says so. */
function isDocumentModule(path: string, specifier: string, files: ProjectFiles): boolean {
  return (
    path.startsWith('src/scenarios/stages/') &&
    files.has(posix.join(posix.dirname(path), `${specifier}.d.ts`))
  );
}

function judgeFile(path: string, target: string): string | null {
  const from = roomOf(path);
  const to = roomOf(target);
  if (target.startsWith('test/')) return `imports ${target}: the product may not need its tests`;
  // The terminal runs on the builder's machine too.
  if (isBuild(target) && !isBuild(path) && !path.startsWith('src/cli/'))
    return `imports ${target}, which is a part of the build`;
  if (from === null) {
    if (!path.startsWith('workers/') || to === null) return null;
    return workerRooms.includes(to) ? null : `is a worker and may not import ${to}`;
  }
  if (to === from) return null;
  if (to === null) return `is in ${from} and may not import ${target}`;
  return rooms[from]!.rooms.includes(to)
    ? null
    : `is in ${from} and may not import ${to} (${target})`;
}

function judgePackage(path: string, specifier: string): string | null {
  const room = roomOf(path);
  if (specifier.startsWith(virtualPrefix)) return null;
  if (specifier.startsWith(stageModulePrefix)) {
    return room === 'scenarios' ? null : `imports ${specifier}, which only stage code can`;
  }
  const name = packageName(specifier);
  const allowed = new Set(
    room !== null
      ? [...rooms[room]!.packages, ...(isBuild(path) ? buildPackages : [])]
      : path.startsWith('workers/')
        ? workerPackages
        : compositionPackages,
  );
  if (allowed.has(name)) return null;
  return `may not import the package ${name}; here one may use ${[...allowed].join(', ') || 'none'}`;
}

/** A worker exposes one room; what documents and traces are made of is everybody's, and types vanish. */
function manyRooms(path: string, imports: readonly Import[], files: ProjectFiles): string[] {
  const used = new Set<string>();
  for (const { specifier, kind } of imports) {
    const target = resolveImport(path, specifier, files);
    const room = target === null || kind === 'type' ? null : roomOf(target);
    if (room !== null && !foundation.includes(room)) used.add(room);
  }
  return used.size > 1 ? [`${path} is a worker of several rooms: ${[...used].join(', ')}`] : [];
}

const isBuild = (path: string): boolean => /^src\/[^/]+\/build\//.test(path);

function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node:*';
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!;
}
