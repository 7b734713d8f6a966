import type { ImportExpression, Node, Program } from '@babel/types';

/** Calls `use` with what names the module in each import that is more than a type: those of statements first. */
export function eachImport(program: Program, use: (source: Node) => void): void {
  for (const statement of program.body) {
    switch (statement.type) {
      case 'ImportDeclaration':
        if (statement.importKind !== 'type') use(statement.source);
        break;
      case 'ExportAllDeclaration':
      case 'ExportNamedDeclaration':
        if (statement.source && statement.exportKind !== 'type') use(statement.source);
        break;
      default:
    }
  }
  eachDynamicImport(program, use);
}

/** `import("name")` anywhere. */
function eachDynamicImport(program: Program, use: (source: Node) => void): void {
  const todo: unknown[] = [program];
  let node: unknown;
  while ((node = todo.pop()) !== undefined) {
    if (Array.isArray(node)) {
      for (const one of node) if (typeof one === 'object' && one !== null) todo.push(one);
      continue;
    }
    const { type } = node as Node;
    const call = node as { callee?: Node; arguments?: Node[] };
    if (type === 'ImportExpression') use((node as ImportExpression).source);
    else if (type === 'CallExpression' && call.callee?.type === 'Import') {
      const [source] = call.arguments!;
      // Without any it is a mistake that the parser tells.
      if (source) use(source);
    }
    for (const [key, value] of Object.entries(node as object)) {
      if (key !== 'loc' && typeof value === 'object' && value !== null) todo.push(value);
    }
  }
}
