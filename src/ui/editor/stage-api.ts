/** One thing that stage code can use: how it is written, and what it does. */
export interface ApiEntry {
  code: string;
  says: string;
}
export interface ApiModule {
  name: string;
  says: string;
  entries: ApiEntry[];
}
export interface StageApi {
  /** What `ctx` has. */
  context: ApiEntry[];
  /** What can be imported by name. */
  modules: ApiModule[];
}

/**
 * The reference of stage code, out of the very declarations that the editor checks code against, so that
 * the two cannot part ways. Expects them as Prettier writes them: a comment over what it is about.
 */
export function readStageApi(declarations: string): StageApi {
  const context = /interface StageContext[^{]*\{\n([^]*?)\n\}/.exec(declarations)?.[1] ?? '';
  const modules = declarations.matchAll(
    /\/\*\* ([^]*?) \*\/\ndeclare module '([^']+)' \{\n([^]*?)\n\}/g,
  );
  return {
    context: entriesOf(context).flatMap((entry) => [entry, ...partsOf(entry, declarations)]),
    modules: Array.from(modules, ([, says, name, body]) => ({
      name: name!,
      says: says!,
      entries: entriesOf(body!).filter(({ code }) => !code.startsWith('interface')),
    })),
  };
}

/** Of a field whose type is declared here: what that has, called as stage code calls it. */
function partsOf({ code }: ApiEntry, declarations: string): ApiEntry[] {
  const [, field, type] = /^(\w+): (\w+)$/.exec(code) ?? [];
  const body = new RegExp(`interface ${type} \\{\\n([^]*?)\\n\\}`).exec(declarations)?.[1] ?? '';
  return entriesOf(body).map((part) => ({ ...part, code: `${field}.${part.code}` }));
}

/** The statements indented by two, each under its comment; one without has the one before's. */
function entriesOf(body: string): ApiEntry[] {
  const entries: ApiEntry[] = [];
  let says = '';
  let code: string[] = [];
  for (const line of body.split('\n')) {
    const comment = /^ {2}\/\*\* (.*) \*\/$/.exec(line);
    if (comment) {
      says = comment[1]!;
      continue;
    }
    code.push(line.trim());
    // A statement ends on its own level: with a semicolon, or with the brace of a body.
    if (!/^ {2}\S.*[;}]$|^ {2}[;})]/.test(line)) continue;
    entries.push({ code: short(code.join(' ')), says });
    code = [];
    says = '';
  }
  return entries;
}

const short = (code: string): string =>
  code
    .replace(/\/\*\* .*? \*\/ /g, '')
    .replace(/^(export )?(readonly |const |function )?/, '')
    .replace(/\( /g, '(')
    .replace(/,? \)/g, ')')
    .replace(/;$/, '');
