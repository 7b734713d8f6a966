import { filesIn, textOf, type CorpusFile } from './files.ts';

interface PackageJson {
  name: string;
  version?: string;
  description?: string;
  license?: string;
  main?: string;
  module?: string;
  types?: string;
  exports?: unknown;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

const readmeCharactersMax = 6000;
const entryCharactersMax = 24_000;

/** One JSON file for each direct dependency: what it says of itself, its README's head, its entry point. */
export function packageMetadata(root: string): CorpusFile[] {
  const own = readPackage(root, 'package.json');
  const names = Object.keys({ ...own?.dependencies, ...own?.devDependencies }).sort();
  const folders = names.map((name) => `node_modules/${name}`);
  return folders.flatMap((folder) => describe(root, folder) ?? []);
}

function describe(root: string, folder: string): CorpusFile | null {
  const metadata = readPackage(root, `${folder}/package.json`);
  if (metadata === null) return null;
  const readme = filesIn(root, folder).find((path) => /\/readme\.md$/i.test(path));
  return {
    path: `${folder}/package.json`,
    text: JSON.stringify({
      name: metadata.name,
      version: metadata.version,
      description: metadata.description,
      licence: metadata.license,
      entryPoints: entryPointsOf(metadata),
      dependencies: Object.keys(metadata.dependencies ?? {}),
      readme: readme === undefined ? '' : textOf(root, readme)?.slice(0, readmeCharactersMax),
      entry: entryOf(root, folder, metadata),
    }),
  };
}

function readPackage(root: string, path: string): PackageJson | null {
  const text = textOf(root, path);
  return text === null ? null : (JSON.parse(text) as PackageJson);
}

function entryPointsOf({ exports }: PackageJson): string[] {
  if (exports === null || typeof exports !== 'object') return ['.'];
  const keys = Object.keys(exports).filter((key) => key.startsWith('.'));
  return keys.length === 0 ? ['.'] : keys;
}

/** The first of the main entry points (declarations first) that is shipped as text of a readable size. */
function entryOf(root: string, folder: string, metadata: PackageJson): CorpusFile | null {
  const named = [
    metadata.types,
    ...leaves((metadata.exports as Record<string, unknown> | undefined)?.['.']),
    metadata.module,
    metadata.main,
  ];
  for (const name of named) {
    if (name === undefined || !/\.[cm]?[jt]s$/.test(name)) continue;
    const path = `${folder}/${name.replace(/^\.\//, '')}`;
    const text = textOf(root, path);
    if (text !== null && text.length <= entryCharactersMax) return { path, text };
  }
  return null;
}

/** Every file that a condition of an `exports` entry leads to. */
function leaves(target: unknown): string[] {
  if (typeof target === 'string') return [target];
  if (target === null || typeof target !== 'object') return [];
  return Object.values(target).flatMap(leaves);
}
