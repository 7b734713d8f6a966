import type { CompiledCode } from '../compile/unit.ts';

/**
 * `ctx.item` or `ctx.random`, by whatever name `ctx` goes: as a field, or taken apart at any depth. A first
 * parameter called "item" is no sign of it. Each takes time in proportion to the text, whatever that is.
 */
const signs = [
  /\.\s*(item|random)\b/,
  /\[\s*['"`](item|random)['"`]\s*\]/,
  /[{,]\s*(item|random)\s*[,:=}]/,
];
const drawsWithoutSeed = /\bMath\s*\.\s*random\b/g;

/**
 * Whether code may ask which item it works for: then two items with equal inputs may have different results, and
 * each needs a name of its own in the cache. Told from the text, so a false alarm is possible (an input with a
 * field called "item"): it costs only that equal inputs are computed once each. The shipped modules ask nobody.
 */
export function mayAskWho(code: CompiledCode, unit: number): boolean {
  const { name, pieces, imports } = code.units[unit]!;
  if (name.includes('millrace:')) return false;
  const text = pieces.join('').replace(drawsWithoutSeed, '');
  return signs.some((sign) => sign.test(text)) || imports.some((one) => mayAskWho(code, one));
}
