import ts from 'typescript';
import { parse } from './imports-of.ts';
import { isCode, type ProjectFiles } from './project-files.ts';

interface Ban {
  /** Files it holds for. */
  where: RegExp;
  /**
   * Names of functions, or "Object.member"; ".member" is that of any object, "new X" the constructor without
   * arguments, "**" the operator on anything but two written numbers.
   */
  names: readonly string[];
  instead: string;
}

const pureRooms = /^src\/(engine|simulate|measure|explore|cache\/policy)\//;
/** Where a schedule must come out the same to the last bit in every browser. */
const exactRooms =
  /^src\/(engine|simulate|trace|cache\/policy|base\/(draws|exact-math|zipf|seeded-random))/;
const inexact = [
  ...['log', 'log2', 'log10', 'log1p', 'exp', 'expm1', 'pow', 'cbrt', 'hypot'],
  ...['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2'],
  ...['sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh'],
];

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
    names: [...inexact.map((name) => `Math.${name}`), '**'],
    instead: 'use base/exact-math.ts: browsers round this one differently',
  },
  {
    where: exactRooms,
    names: [
      '.localeCompare',
      '.toLocaleString',
      '.toLocaleLowerCase',
      '.toLocaleUpperCase',
      'Intl',
    ],
    instead: 'compare with < and >: a schedule does not depend on who reads it',
  },
  {
    where: /^(src\/(?!cli\/|share\/export\/take-away\/project\/)|workers\/)/,
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
      const isBanned = (banned: string): boolean =>
        banned === name || (banned.startsWith('.') && name?.endsWith(banned) === true);
      const ban = here.find(({ names }) => names.some(isBanned));
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
    const owner = ts.isIdentifier(node.expression) ? node.expression.text : '';
    return `${owner}.${node.name.text}`;
  }
  if (ts.isBinaryExpression(node)) {
    return isPower(node) && !(isNumber(node.left) && isNumber(node.right)) ? '**' : null;
  }
  if (ts.isIdentifier(node)) return node.text === 'Intl' ? 'Intl' : null;
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) return node.expression.text;
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
    return (node.arguments?.length ?? 0) === 0 ? `new ${node.expression.text}` : null;
  }
  return null;
}

function isPower({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return (
    kind === ts.SyntaxKind.AsteriskAsteriskToken ||
    kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken
  );
}

/** A number as it is written, with its sign. */
const isNumber = (node: ts.Expression): boolean =>
  ts.isNumericLiteral(node) ||
  (ts.isPrefixUnaryExpression(node) && isNumber(node.operand as ts.Expression));
