/** The page of the link bench: the product's own links, packed by the browser's own streams. */
import { measureLinks, type LinkFigures } from './measure-links.ts';

export interface LinkBenchPage {
  measure(rounds: number): Promise<LinkFigures[]>;
}

const bench: LinkBenchPage = { measure: measureLinks };
Object.assign(globalThis, { bench });
