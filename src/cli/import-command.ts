import { basename } from 'node:path';
import { readFile, stat } from 'node:fs/promises';
import { suggest } from '../base/suggest.ts';
import { formatBytes } from '../base/units.ts';
import { documentLines } from '../share/document-text.ts';
import {
  importBytesMax,
  importFormats,
  importText,
  type ImportFormat,
} from '../share/import/import-text.ts';
import { BadInput, type Command } from './command.ts';
import { readAll } from './read-document.ts';

export const importCommand: Command = {
  name: 'import',
  summary: 'Prints a published scheduling instance or a recorded workflow as a document.',
  words: ['FILE'],
  options: { '--from': { value: importFormats.join('|'), required: true } },
  async run(given, terminal) {
    const format = formatOf(given.options['--from']![0]!);
    const file = given.words[0]!;
    const text = file === '-' ? await readAll(terminal.stdin) : await readText(file);
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

async function readText(file: string): Promise<string> {
  try {
    const found = await stat(file);
    if (found.isDirectory()) throw new BadInput(`"${file}" is a folder; import takes one file.`);
    if (found.size > importBytesMax) {
      const [size, most] = [found.size, importBytesMax].map(formatBytes);
      throw new BadInput(`"${file}" has ${size}: the ceiling is ${most}.`);
    }
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof BadInput) throw error;
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new BadInput(isMissing ? `there is no file "${file}".` : `"${file}" cannot be read.`);
  }
}
