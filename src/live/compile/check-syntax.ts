import { parse, type ParserOptions } from '@babel/parser';
import type { Node, Program, StringLiteral } from '@babel/types';
import { eachImport } from './imports.ts';

/** 1-based place in a source text. */
export interface Place {
  line: number;
  column: number;
}
export interface SyntaxProblem extends Place {
  message: string;
}
export interface ImportFound extends Place {
  specifier: string;
}
export interface SyntaxFound {
  problems: SyntaxProblem[];
  imports: ImportFound[];
  hasDefaultExport: boolean;
  /** What `export const moves = …` says; null: something else than true or false. */
  moves: boolean | null;
}

const options: ParserOptions = {
  sourceType: 'module',
  plugins: ['typescript'],
  errorRecovery: true,
};

/**
 * Parses a stage's TypeScript: every syntax error with its place, every import, and the parts of
 * TypeScript that are more than types and cannot be stripped (those are refused, not silently lost).
 */
export function checkSyntax(source: string): SyntaxFound {
  const found: SyntaxFound = {
    problems: [],
    imports: [],
    hasDefaultExport: false,
    moves: false,
  };
  let program: Program;
  try {
    const file = parse(source, options);
    for (const error of file.errors ?? []) found.problems.push(problemOf(error));
    program = file.program as unknown as Program;
  } catch (error) {
    found.problems.push(problemOf(error as Error));
    return found;
  }
  for (const statement of program.body) lookAtStatement(statement as Node, found);
  eachImport(program, (source) => addImport(source, found));
  return found;
}

/** What a parser threw, with its place. */
export function problemOf(error: { message?: string; loc?: unknown }): SyntaxProblem {
  const at = (error as { loc?: { line: number; column: number } }).loc;
  // Babel ends its messages with the place, as "(3:7)", counting columns from 0.
  const message = (error.message ?? String(error)).replace(/\s*\(\d+:\d+\)\s*$/, '');
  return { message, line: at?.line ?? 1, column: (at?.column ?? 0) + 1 };
}

function placeOf(node: { loc?: { start: { line: number; column: number } } | null }): Place {
  const start = node.loc?.start;
  return { line: start?.line ?? 1, column: (start?.column ?? 0) + 1 };
}

function lookAtStatement(node: Node, found: SyntaxFound): void {
  const refuse = (message: string) => found.problems.push({ message, ...placeOf(node) });
  switch (node.type) {
    case 'ExportNamedDeclaration':
      if (node.exportKind === 'type') break;
      if (node.declaration) {
        lookAtStatement(node.declaration, found);
        lookForMoves(node.declaration, found);
      }
      for (const one of node.specifiers) {
        if (one.type === 'ExportSpecifier' && one.exportKind === 'type') continue;
        const name = nameOf(one.exported);
        if (name === 'default') found.hasDefaultExport = true;
        // Its value is only looked for where it is exported.
        else if (name === 'moves') found.moves = null;
      }
      break;
    case 'ExportDefaultDeclaration':
      found.hasDefaultExport = true;
      break;
    case 'TSModuleDeclaration':
      if (!node.declare) {
        refuse('A `namespace` is more than a type and cannot be stripped; export plain functions.');
      }
      break;
    case 'TSImportEqualsDeclaration':
      refuse('`import … = …` is not JavaScript; write `import { name } from "module"`.');
      break;
    case 'TSNamespaceExportDeclaration':
      refuse('`export as namespace` is not JavaScript; leave it out.');
      break;
    case 'TSExportAssignment':
      refuse('`export =` is not JavaScript; write `export default …`.');
      break;
    default:
  }
}

function lookForMoves(declaration: Node, found: SyntaxFound): void {
  if (declaration.type === 'VariableDeclaration') {
    for (const { id, init } of declaration.declarations) {
      if (!bindsMoves(id as Node)) continue;
      const isPlain = id.type === 'Identifier' && init?.type === 'BooleanLiteral';
      found.moves = isPlain ? init.value : null;
    }
  } else if ('id' in declaration && declaration.id && bindsMoves(declaration.id)) {
    found.moves = null;
  }
}

function bindsMoves(pattern: Node): boolean {
  switch (pattern.type) {
    case 'Identifier':
      return pattern.name === 'moves';
    case 'ObjectPattern':
      return pattern.properties.some((one) =>
        bindsMoves(one.type === 'RestElement' ? one.argument : one.value),
      );
    case 'ArrayPattern':
      return pattern.elements.some((one) => one !== null && bindsMoves(one));
    case 'AssignmentPattern':
      return bindsMoves(pattern.left);
    case 'RestElement':
      return bindsMoves(pattern.argument);
    default:
      return false;
  }
}

const nameOf = (node: { type: string }): string =>
  node.type === 'Identifier'
    ? (node as unknown as { name: string }).name
    : (node as unknown as StringLiteral).value;

/** Anything but a plain name is refused: it could not be rewritten. */
function addImport(source: Node, found: SyntaxFound): void {
  if (source.type === 'StringLiteral') {
    found.imports.push({ specifier: source.value, ...placeOf(source) });
    return;
  }
  const message =
    '`import()` needs the name of a module in quotes; it cannot be worked out at run time.';
  found.problems.push({ message, ...placeOf(source) });
}
