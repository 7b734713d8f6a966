import type { App } from '../state/app.svelte.ts';

/** Adds settings to the document's variants, under a name that is free, and says it; one step of undo. */
export function keepVariant(app: App, wanted: string, set: Record<string, unknown>): void {
  if (!app.mayEdit()) return;
  const variants = app.doc.document.variants ?? [];
  const taken = new Set(variants.map(({ name }) => name));
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted} (${number})`;
  app.set('/variants', [...variants, { name, set }]);
  app.tell('info', `Kept the variant “${name}”.`);
}
