import { parse } from 'es-module-lexer/js';

export interface CutText {
  pieces: string[];
  /** What stood between the pieces. */
  specifiers: string[];
}

/** Cuts the specifiers out of a JavaScript module, so that addresses can be put in their place. */
export function cutImports(code: string): CutText {
  const [imports] = parse(code);
  const cut: CutText = { pieces: [], specifiers: [] };
  let from = 0;
  const sites = imports
    .filter((site) => 'specifier' in site && site.specifier !== undefined)
    .sort((a, b) => a.start - b.start);
  for (const site of sites) {
    // A dynamic import's span holds the quotes, a static one's does not.
    const quoted = /^["'`]/.test(code.slice(site.start, site.start + 1)) ? 1 : 0;
    cut.pieces.push(code.slice(from, site.start + quoted));
    cut.specifiers.push((site as { specifier: string }).specifier);
    from = site.end - quoted;
  }
  cut.pieces.push(code.slice(from));
  return cut;
}
