import type { App } from '../state/app.svelte.ts';
import { takeVariant } from '../state/take-variant.ts';
import type { Command } from './command.ts';

/** The document's own named changes. */
export function variantCommands({ doc }: App): Command[] {
  return (doc.document.variants ?? []).map((variant) => ({
    id: `variant:${variant.name}`,
    title: `Take the variant “${variant.name}”`,
    group: 'Edit',
    words: 'what-if compare apply',
    run: (app) => {
      const said = takeVariant(app, variant);
      if (said !== null) app.tell('info', said);
    },
  }));
}
