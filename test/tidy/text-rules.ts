import { type ProjectFiles } from './project-files.ts';

interface TextRule {
  name: string;
  where: RegExp;
  /** What must not be there. Written so that this file does not find itself. */
  pattern: RegExp;
}

const everywhere = /./;
const code = /\.(ts|js|svelte|css|html)$/;
/** Folders that exist on somebody's machine only; not a JSON Pointer or an address that contains the word. */
const machineFolders = ['home', 'Users', 'root', 'tmp', 'work', 'workspace'].join('|');

const rules: readonly TextRule[] = [
  {
    name: 'leftover note',
    where: code,
    pattern: new RegExp(`\\b(FIX${'ME'}|X${'XX'}|TO${'DO'})\\b`),
  },
  { name: 'foreign HTML', where: /\.svelte$/, pattern: /\{@html\b/ },
  {
    name: 'path of one machine',
    where: everywhere,
    pattern: new RegExp(`(?<![\\w}/.~*:-])/(${machineFolders})/[\\w.-]`),
  },
  {
    name: 'registry host',
    where: everywhere,
    pattern: new RegExp(
      ['registry\\.(np', 'mjs|yarn', 'pkg)|npm', 'mirror|"resol', 'ved":|^registry\\s*='].join(''),
      'm',
    ),
  },
];

export const linesMax = 400;
/** Files that may be longer, with the reason. */
const longFiles: Readonly<Record<string, string>> = {};

/** One sentence for each line that breaks a rule about plain text. */
export function textProblems(files: ProjectFiles): string[] {
  const problems: string[] = [];
  for (const [path, text] of files) {
    for (const { name, where, pattern } of rules) {
      const match = where.test(path) ? pattern.exec(text) : null;
      if (match === null) continue;
      const line = text.slice(0, match.index).split('\n').length;
      problems.push(`${path}:${line} ${name}: ${match[0].trim()}`);
    }
  }
  return problems;
}

export function longFileProblems(files: ProjectFiles): string[] {
  return [...files]
    .filter(([path]) => /^(src|workers|test)\/.*\.(ts|js|svelte|css)$/.test(path))
    .map(([path, text]) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ path, lines }) => lines > linesMax && !(path in longFiles))
    .map(({ path, lines }) => `${path} has ${lines} lines: one idea a file, ${linesMax} at most`);
}
