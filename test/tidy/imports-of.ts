import ts from 'typescript';

export interface Import {
  /** As written, without `?raw` and the like. */
  specifier: string;
  /** "raw", "worker", "url" …, or "". */
  query: string;
  kind: 'static' | 'dynamic' | 'type';
  /** 1-based. */
  line: number;
}

/** Every import a file names: static, dynamic, type-only, re-exports, and `new URL(…, import.meta.url)`. */
export function importsOf(path: string, text: string): Import[] {
  const source = parse(path, text);
  const found: Import[] = [];
  const add = (node: ts.Expression | undefined, kind: Import['kind']): void => {
    if (node === undefined || !ts.isStringLiteralLike(node)) return;
    const [specifier, query] = splitQuery(node.text);
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    found.push({ specifier, query, kind, line });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const isType = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
      add(node.moduleSpecifier, isType ? 'type' : 'static');
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'static');
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal as ts.StringLiteral, 'type');
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], 'dynamic');
    } else if (ts.isNewExpression(node) && node.expression.getText(source) === 'URL') {
      if (node.arguments?.[1]?.getText(source) === 'import.meta.url') {
        add(node.arguments[0], 'dynamic');
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Every string in the file: a plugin's entry or a script's path is named by one. */
export function stringsOf(path: string, text: string): string[] {
  const strings: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) strings.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(parse(path, text));
  return strings;
}

/** The file's syntax tree; of a component, that of its scripts, every line where it was. */
export function parse(path: string, text: string): ts.SourceFile {
  const code = path.endsWith('.svelte') ? scriptsOnly(text) : text;
  return ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
}

function scriptsOnly(component: string): string {
  let code = '';
  let end = 0;
  for (const script of component.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)) {
    const start = script.index + script[0].indexOf('>') + 1;
    code += blank(component.slice(end, start)) + script[1]!;
    end = start + script[1]!.length;
  }
  return code + blank(component.slice(end));
}

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

function splitQuery(specifier: string): [string, string] {
  const mark = specifier.indexOf('?');
  return mark < 0 ? [specifier, ''] : [specifier.slice(0, mark), specifier.slice(mark + 1)];
}
