/** What every node of the syntax tree has (the ESTree-like tree of @babel/parser). */
export interface SyntaxNode {
  type: string;
  start: number;
  end: number;
  loc: { start: { line: number; column: number }; end: { line: number; column: number } };
  [field: string]: unknown;
}

/** Fields that hold no children of the syntax tree (comments hang there). */
const notChildren = new Set([
  'loc',
  'extra',
  'leadingComments',
  'trailingComments',
  'innerComments',
]);

/** Visits every node, parents first, without recursion: minified code nests deeper than the stack. */
export function walk(
  root: SyntaxNode,
  visit: (node: SyntaxNode, parent: SyntaxNode | null) => void,
): void {
  const pending: [SyntaxNode, SyntaxNode | null][] = [[root, null]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [node, parent] = next;
    visit(node, parent);
    for (const field in node) {
      if (notChildren.has(field)) continue;
      const value = node[field];
      if (Array.isArray(value)) {
        for (const child of value) if (isNode(child)) pending.push([child, node]);
      } else if (isNode(value)) {
        pending.push([value, node]);
      }
    }
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return (
    value !== null && typeof value === 'object' && typeof (value as SyntaxNode).type === 'string'
  );
}

/** The name a function goes by: its own, or of the variable, field or key it is put under. */
export function namedAfter(node: SyntaxNode, parent: SyntaxNode | null): string {
  const own = nameIn(node['id']) ?? nameIn(node['key']);
  if (own !== null) return own;
  switch (parent?.type) {
    case 'VariableDeclarator':
      return nameIn(parent['id']) ?? '(anonymous)';
    case 'AssignmentExpression':
    case 'AssignmentPattern':
      return nameIn(parent['left']) ?? '(anonymous)';
    case 'ObjectProperty':
    case 'ClassProperty':
    case 'ClassPrivateProperty':
      return nameIn(parent['key']) ?? '(anonymous)';
    case 'ExportDefaultDeclaration':
      return 'default';
    default:
      return '(anonymous)';
  }
}

function nameIn(value: unknown): string | null {
  if (!isNode(value)) return null;
  switch (value.type) {
    case 'Identifier':
      return value['name'] as string;
    case 'PrivateName':
      return `#${nameIn(value['id']) ?? ''}`;
    case 'StringLiteral':
    case 'NumericLiteral':
      return String(value['value']);
    case 'MemberExpression':
      return nameIn(value['property']);
    default:
      return null;
  }
}
