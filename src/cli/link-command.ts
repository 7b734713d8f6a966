import type { Command } from './command.ts';
import { exportedText } from './exported-text.ts';
import { readPipeline, setOption } from './read-document.ts';

export const linkCommand: Command = {
  name: 'link',
  summary:
    'Prints a document as a link, to be put behind the address of any Millrace page; `millrace open` reads it.',
  words: ['DOC'],
  options: { '--set': setOption },
  async run(given, terminal) {
    const pipeline = await readPipeline(given, terminal);
    for await (const part of exportedText(pipeline, 'link')) terminal.out(part);
    return 0;
  },
};
