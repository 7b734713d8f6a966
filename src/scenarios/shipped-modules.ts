import type { ShippedName } from './shipped-names.ts';

/**
 * The modules stage code may import beside the document's own, by specifier; each call fetches the text of
 * a self-contained ES module, in a chunk of its own.
 */
type Load = () => Promise<string>;
export const shippedModules: Record<string, Load> = {
  'millrace:typescript': async () => (await import('virtual:millrace/module/typescript')).default,
  'millrace:features': async () => (await import('virtual:millrace/module/features')).default,
  'millrace:text': async () => (await import('virtual:millrace/module/text')).default,
  'millrace:warm-up': async () => (await import('virtual:millrace/module/warm-up')).default,
  'millrace:hash': async () => (await import('virtual:millrace/module/hash')).default,
} satisfies Record<ShippedName, Load>;

/** Declarations of `ctx`, of a file, and of the modules above, for an editor to show. */
export async function stageCodeTypes(): Promise<string> {
  return (await import('./modules/stage-code.d.ts?raw')).default;
}
