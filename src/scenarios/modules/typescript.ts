import { parse, type ParserPlugin } from '@babel/parser';
import { namedAfter, walk, type SyntaxNode } from './syntax.ts';
import { normaliseTokens, type RawToken } from './tokens.ts';

/** One function of a file, wherever it stands: declared, assigned, a method, nested in another. */
export interface FunctionFound {
  /** The name it is declared, assigned or keyed under; "(anonymous)" when it has none. */
  name: string;
  kind: 'function' | 'arrow' | 'method' | 'getter' | 'setter' | 'constructor';
  /** Offsets into the text, in UTF-16 units; the end is exclusive. */
  start: number;
  end: number;
  /** 1-based, of its first and last character. */
  line: number;
  endLine: number;
  text: string;
  /** Its tokens with local names numbered by first appearance, so that renaming changes nothing. */
  tokens: string[];
}

export interface SyntaxTree {
  program: SyntaxNode;
  tokens: RawToken[];
}

/**
 * Parses TypeScript, JavaScript (with JSX where the file name says so) or the scripts of a Svelte
 * component. Places in the tree are offsets into `text` as given.
 * @throws SyntaxError "path:line:column: reason" when the text cannot be parsed at all.
 */
export function parseTypeScript(text: string, path: string): SyntaxTree {
  try {
    const file = parse(path.endsWith('.svelte') ? scriptsOnly(text) : text, {
      sourceType: 'module',
      errorRecovery: true,
      allowReturnOutsideFunction: true,
      tokens: true,
      plugins: pluginsFor(path),
    });
    return {
      program: file.program as unknown as SyntaxNode,
      tokens: (file.tokens ?? []) as RawToken[],
    };
  } catch (error) {
    throw new SyntaxError(`${path}${placeOf(error)}: ${reasonOf(error)}`, { cause: error });
  }
}

/** All functions of a file that have a body, in the order they begin. */
export function functionsOf(text: string, path: string): FunctionFound[] {
  const { program, tokens } = parseTypeScript(text, path);
  const code = tokens.filter((token) => typeof token.type === 'object');
  const found: FunctionFound[] = [];
  walk(program, (node, parent) => {
    const kind = kindOf(node);
    if (kind === null) return;
    found.push({
      name: namedAfter(node, parent),
      kind,
      start: node.start,
      end: node.end,
      line: node.loc.start.line,
      endLine: node.loc.end.line,
      text: text.slice(node.start, node.end),
      tokens: normaliseTokens(code, node.start, node.end),
    });
  });
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Names a module exports ("default" among them), sorted; `export * from 'x'` is "* from x". */
export function exportsOf(text: string, path: string): string[] {
  const names = new Set<string>();
  for (const node of parseTypeScript(text, path).program['body'] as SyntaxNode[]) {
    if (node.type === 'ExportDefaultDeclaration' || node.type === 'TSExportAssignment') {
      names.add('default');
    } else if (node.type === 'ExportAllDeclaration') {
      names.add(`* from ${(node['source'] as SyntaxNode)['value'] as string}`);
    } else if (node.type === 'ExportNamedDeclaration') {
      for (const name of namesExported(node)) names.add(name);
    }
  }
  return [...names].sort();
}

function namesExported(node: SyntaxNode): string[] {
  const names: string[] = [];
  for (const specifier of node['specifiers'] as SyntaxNode[]) {
    const exported = specifier['exported'] as SyntaxNode;
    names.push((exported['name'] ?? exported['value']) as string);
  }
  const declaration = node['declaration'] as SyntaxNode | null;
  if (!declaration) return names;
  const declarators = declaration['declarations'] as SyntaxNode[] | undefined;
  for (const named of declarators ?? [declaration]) {
    const id = named['id'] as SyntaxNode | undefined;
    if (id && typeof id['name'] === 'string') names.push(id['name']);
  }
  return names;
}

function kindOf(node: SyntaxNode): FunctionFound['kind'] | null {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      return 'function';
    case 'ArrowFunctionExpression':
      return 'arrow';
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassPrivateMethod': {
      const kind = node['kind'];
      if (kind === 'get') return 'getter';
      if (kind === 'set') return 'setter';
      return kind === 'constructor' ? 'constructor' : 'method';
    }
    default:
      return null;
  }
}

function pluginsFor(path: string): ParserPlugin[] {
  const typescript: ParserPlugin = ['typescript', { dts: /\.d\.[cm]?ts$/.test(path) }];
  return /\.[jt]sx$/.test(path) ? [typescript, 'jsx', 'decorators'] : [typescript, 'decorators'];
}

/** Blanks all but the insides of `<script>` elements, keeping every line and offset where it was. */
function scriptsOnly(text: string): string {
  let result = '';
  let at = 0;
  for (const match of text.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script\s*>/g)) {
    const body = match[1] ?? '';
    const bodyAt = match.index + match[0].indexOf('>') + 1;
    result += blank(text.slice(at, bodyAt)) + body;
    at = bodyAt + body.length;
  }
  return result + blank(text.slice(at));
}

function blank(text: string): string {
  return text.replace(/[^\n\r]/g, ' ');
}

function placeOf(error: unknown): string {
  const loc = (error as { loc?: { line: number; column: number } }).loc;
  return loc ? `:${loc.line}:${loc.column + 1}` : '';
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/\s*\(\d+:\d+\)$/, '');
}
