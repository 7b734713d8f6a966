import ts from 'typescript';
import { parse } from './imports-of.ts';
import { isCode, type ProjectFiles } from './project-files.ts';

interface Ban {
  /** Files it holds for. */
  where: RegExp;
  /** Names of functions, or "Object.member"; "new X" is the constructor without arguments. */
  names: readonly string[];
  instead: string;
}

const pureRooms = /^src\/(engine|simulate|measure|explore)\//;
/** Where a schedule must come out the same to the last bit in every browser. */
const exactRooms = /^src\/(engine|simulate|base\/(draws|zipf|seeded-random))/;

const bans: readonly Ban[] = [
  {
    where: pureRooms,
    names: ['Date.now', 'performance.now', 'new Date'],
    instead: 'take the time as an argument (a machine or main.ts hands it in)',
  },
  {
    where: pureRooms,
    names: ['setTimeout', 'setInterval', 'requestAnimationFrame'],
    instead: 'ask the machine for a timer',
  },
  {
    where: pureRooms,
    names: ['Math.random', 'crypto.getRandomValues', 'crypto.randomUUID'],
    instead: 'draw from base/draws.ts or base/seeded-random.ts with a seed',
  },
  { where: pureRooms, names: ['fetch'], instead: 'take the data as an argument' },
  {
    where: exactRooms,
    names: ['log', 'log2', 'log10', 'log1p', 'exp', 'expm1', 'pow', 'sin', 'cos', 'tan'].map(
      (name) => `Math.${name}`,
    ),
    instead: 'use base/exact-math.ts: browsers round this one differently',
  },
  {
    where: /^(src\/(?!cli\/)|workers\/)/,
    names: ['console.log'],
    instead: 'show it on the page, or drop it',
  },
];

/** One sentence for each call of what must not be called there. */
export function bannedCalls(files: ProjectFiles): string[] {
  const problems: string[] = [];
  for (const [path, text] of files) {
    const here = bans.filter(({ where }) => isCode(path) && where.test(path));
    if (here.length === 0) continue;
    const source = parse(path, text);
    const visit = (node: ts.Node): void => {
      const name = usedName(node);
      const ban = name === null ? undefined : here.find(({ names }) => names.includes(name));
      if (ban !== undefined) {
        const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
        problems.push(`${path}:${line} uses ${name}: ${ban.instead}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return problems;
}

function usedName(node: ts.Node): string | null {
  if (ts.isPropertyAccessExpression(node)) {
    return ts.isIdentifier(node.expression) ? `${node.expression.text}.${node.name.text}` : null;
  }
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) return node.expression.text;
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
    return (node.arguments?.length ?? 0) === 0 ? `new ${node.expression.text}` : null;
  }
  return null;
}
