import { openEntry } from '../gallery/open-entry.ts';
import type { GalleryEntry } from '../services.ts';
import type { App } from '../state/app.svelte.ts';
import { glossary } from '../help/glossary.ts';
import type { Command } from './command.ts';
import { compareCommands } from './compare-commands.ts';
import { fieldCommands } from './field-commands.ts';
import { graphCommands } from './graph-commands.ts';
import { linkCommands } from './link-commands.ts';
import { openDialog } from './open-dialog.ts';
import { pageCommands } from './page-commands.ts';
import { predictionCommands } from './prediction-commands.ts';
import { reportCommands } from './report-commands.ts';
import { stageCommands } from './stage-commands.ts';
import { tunerCommands } from './tuner-commands.ts';
import { sweepCommands } from './sweep-commands.ts';
import { variantCommands } from './variant-commands.ts';
import { whatIfCommands } from './what-if-commands.ts';
import { whyCommands } from './why-commands.ts';

/** Everything that can be done with the page as it is now. @param entries the gallery's, once they have come. */
export function allCommands(app: App, entries: readonly GalleryEntry[]): Command[] {
  return [
    ...pageCommands,
    ...compareCommands,
    ...predictionCommands,
    ...sweepCommands,
    ...linkCommands,
    ...reportCommands,
    ...tunerCommands,
    ...whyCommands,
    ...graphCommands(app),
    ...stageCommands(app),
    ...variantCommands(app),
    ...whatIfCommands,
    ...entries.map(openCommand),
    ...fieldCommands(app),
    ...glossary.map(({ term }): Command => ({
      id: `term:${term}`,
      title: `What is: ${term}?`,
      group: 'Help',
      words: 'glossary explain meaning',
      onlySearched: true,
      run: (on) => openDialog(on, 'glossary', term),
    })),
  ];
}

function openCommand(entry: GalleryEntry): Command {
  return {
    id: `open:${entry.id}`,
    title: `Open: ${entry.title}`,
    group: 'Open',
    words: `gallery example ${entry.kind} ${entry.teaches}`,
    run: async (app) => void (await openEntry(app, entry)),
  };
}
