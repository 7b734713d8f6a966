import { parse } from '@babel/parser';
import type { Program, StringLiteral } from '@babel/types';
import { eachImport } from './imports.ts';

export interface CutText {
  pieces: string[];
  /** What stood between the pieces. */
  specifiers: string[];
}

/**
 * Cuts the specifiers out of a JavaScript module, so that addresses can be put in their place. Throws a SyntaxError if
 * it is no module, or imports something that is not named by a plain string.
 */
export function cutImports(code: string): CutText {
  const { program } = parse(code, { sourceType: 'module' });
  const sites: StringLiteral[] = [];
  eachImport(program as unknown as Program, (source) => {
    if (source.type !== 'StringLiteral') throw new SyntaxError('An import is not named in quotes.');
    sites.push(source);
  });
  sites.sort((a, b) => a.start! - b.start!);
  const cut: CutText = { pieces: [], specifiers: [] };
  let from = 0;
  for (const { start, end, value } of sites) {
    // The quotes stay.
    cut.pieces.push(code.slice(from, start! + 1));
    cut.specifiers.push(value);
    from = end! - 1;
  }
  cut.pieces.push(code.slice(from));
  return cut;
}
