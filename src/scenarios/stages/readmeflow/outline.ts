import { firstParagraph, outlineOf } from 'millrace:text';

interface PackageReadme {
  name: string;
  version: string;
  description: string;
  licence: string;
  entryPoints: string[];
  dependencies: string[];
  readme: string;
}

/** What the package says about itself: a lead sentence and the headings below its title. */
export default function outline({ readme, ...metadata }: PackageReadme) {
  const headings = outlineOf(readme).filter((heading) => heading.level === 2);
  return {
    ...metadata,
    lead: metadata.description || firstParagraph(readme),
    topics: headings.map((heading) => heading.title),
  };
}
