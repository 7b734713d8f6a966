import { posix } from 'node:path';
import { importsOf, stringsOf } from './imports-of.ts';
import { isCode, type ProjectFiles } from './project-files.ts';

/** What people, tools or browsers start by name. */
const starts = [
  /^index\.html$/,
  /^[^/]+\.config\.(ts|js)$/,
  /^src\/cli\/millrace\.js$/,
  /^workers\/[^/]+\.ts$/,
  /^test\/.*\.test\.ts$/,
  /^test\/support\/run\.js$/,
];

/** Files of code and style that nothing leads to: no import, no page, no path named in a string. */
export function deadFiles(files: ProjectFiles): string[] {
  const alive = new Set<string>();
  const visit = (path: string): void => {
    if (alive.has(path)) return;
    alive.add(path);
    namedBy(path, files).forEach(visit);
  };
  [...files.keys()].filter((path) => starts.some((start) => start.test(path))).forEach(visit);
  return [...files.keys()].filter(
    (path) => (isCode(path) || /^src\/.*\.css$/.test(path)) && !alive.has(path),
  );
}

/** Files that this one names: from the project's folder, or from its own. Globs count. */
function namedBy(path: string, files: ProjectFiles): string[] {
  const text = files.get(path) ?? '';
  const names = path.endsWith('.html')
    ? [...text.matchAll(/(?:src|href)="\/?([^"]+)"/g)].map((match) => match[1]!)
    : /\.(ts|js|svelte)$/.test(path)
      ? [...stringsOf(path, text), ...importsOf(path, text).map(({ specifier }) => specifier)]
      : [...text.matchAll(/@import\s+['"]([^'"]+)['"]/g)].map((match) => match[1]!);
  return names.flatMap((written) => {
    const name = written.replace(/[?#].*$/, '').replace(/^\//, '');
    if (!/\.\w+$/.test(name)) return [];
    const paths = [name, posix.join(posix.dirname(path), name)];
    if (!name.includes('*')) return paths.filter((candidate) => files.has(candidate));
    return [...files.keys()].filter((file) => paths.some((glob) => globPattern(glob).test(file)));
  });
}

/** `**` is any folders, `*` is anything but a slash. */
function globPattern(glob: string): RegExp {
  const pattern = glob
    .replace(/[.+^${}()|[\]\\?]/g, '\\$&')
    .replace(/\*\*\/|\*/g, (stars) => (stars === '*' ? '[^/]*' : '(?:.*/)?'));
  return new RegExp(`^${pattern}$`);
}
