/** What the two branches put out for the same package, under the names of their stages. */
interface Parts {
  exports: string[];
  outline: {
    name: string;
    version: string;
    licence: string;
    lead: string;
    entryPoints: string[];
    dependencies: string[];
    topics: string[];
  };
}

const namesShown = 24;

/** Writes a package's page from its outline and its exports. */
export default function write({ exports, outline }: Parts) {
  const { name, version, licence, lead, entryPoints, dependencies, topics } = outline;
  const sections = [
    `# ${name}`,
    lead,
    `Version ${version}, licence ${licence}.`,
    section('Entry points', entryPoints.map(code)),
    section(`Exports (${exports.length})`, shorten(exports)),
    section('Depends on', dependencies.map(code)),
    section('Its own documentation covers', topics),
  ];
  return { path: `${name}.md`, markdown: `${sections.filter(Boolean).join('\n\n')}\n` };
}

function section(title: string, entries: readonly string[]): string {
  if (entries.length === 0) return '';
  return [`## ${title}`, '', ...entries.map((entry) => `- ${entry}`)].join('\n');
}

/** At most `namesShown` names, and how many are left out. */
function shorten(names: readonly string[]): string[] {
  const shown = names.slice(0, namesShown).map(code);
  return names.length > namesShown ? [...shown, `and ${names.length - namesShown} more`] : shown;
}

function code(text: string): string {
  return `\`${text}\``;
}
