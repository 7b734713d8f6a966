import { documentLines } from '../share/document-text.ts';
import { linkIn } from '../share/link/link-in.ts';
import { readLink } from '../share/link/link-text.ts';
import { BadInput, type Command } from './command.ts';

export const openCommand: Command = {
  name: 'open',
  summary: 'Prints the document that a link carries; nothing in it is run.',
  words: ['LINK'],
  options: {},
  async run(given, terminal) {
    const link = linkIn(given.words[0]!);
    if (link === null) throw new BadInput('that is no link: one has #1. and letters after it.');
    const read = await readLink(link);
    if (!read.ok) throw new BadInput(read.error);
    const { document, note } = read.value;
    if (note !== undefined) terminal.err(`Note: ${note}\n`);
    terminal.out(documentLines(document));
    return 0;
  },
};
