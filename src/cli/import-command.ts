import { basename } from 'node:path';
import { suggest } from '../base/suggest.ts';
import { documentLines } from '../share/document-text.ts';
import {
  importBytesMax,
  importFormats,
  importText,
  type ImportFormat,
} from '../share/import/import-text.ts';
import { BadInput, type Command } from './command.ts';
import { readStream, readTextFile } from './read-text.ts';

export const importCommand: Command = {
  name: 'import',
  summary:
    'Prints a scheduling instance, a recorded workflow or a table of durations as a document.',
  words: ['FILE'],
  options: { '--from': { value: importFormats.join('|'), required: true } },
  async run(given, terminal) {
    const format = formatOf(given.options['--from']![0]!);
    const file = given.words[0]!;
    const text =
      file === '-'
        ? await readStream(terminal.stdin, importBytesMax)
        : await readTextFile(file, importBytesMax);
    if (text === null) throw new BadInput(`there is no file "${file}".`);
    const name = file === '-' ? format : basename(file).replace(/\.[^.]*$/, '');
    const imported = importText(format, text, name);
    if (!imported.ok) {
      const place = file === '-' ? 'standard input' : file;
      throw new BadInput(`${place}: ${imported.error}.`);
    }
    terminal.out(documentLines(imported.value));
    return 0;
  },
};

function formatOf(name: string): ImportFormat {
  const known = importFormats.find((format) => format === name);
  if (known !== undefined) return known;
  const nearest = suggest(name, importFormats);
  const hint =
    nearest === null ? `there are ${importFormats.join(', ')}.` : `did you mean "${nearest}"?`;
  throw new BadInput(`there is no import from "${name}"; ${hint}`);
}
