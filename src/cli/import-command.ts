import { basename } from 'node:path';
import { suggest } from '../base/suggest.ts';
import { documentLines } from '../share/document-text.ts';
import type { Chosen, ImportChoice } from '../share/import/imported.ts';
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
    'Prints a scheduling instance, a workflow, a trace or a table of durations as a document.',
  words: ['FILE'],
  options: {
    '--from': { value: importFormats.join('|'), required: true },
    '--with': { value: 'CHOICE=VALUE', repeated: true },
  },
  async run(given, terminal) {
    const format = formatOf(given.options['--from']![0]!);
    const file = given.words[0]!;
    const text =
      file === '-'
        ? await readStream(terminal.stdin, importBytesMax)
        : await readTextFile(file, importBytesMax);
    if (text === null) throw new BadInput(`there is no file "${file}".`);
    const name = file === '-' ? format : basename(file).replace(/\.[^.]*$/, '');
    const chosen = chosenOf(given.options['--with'] ?? []);
    const imported = importText(format, text, name, chosen);
    if (!imported.ok) {
      const place = file === '-' ? 'standard input' : file;
      throw new BadInput(`${place}: ${imported.error}.`);
    }
    const { document, remarks, choices } = imported.value;
    refuseUnknown(chosen, choices);
    for (const remark of remarks) terminal.err(`${remark}\n`);
    terminal.out(documentLines(document));
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

/** "minutes=3": a number where it is one. */
function chosenOf(given: readonly string[]): Chosen {
  return Object.fromEntries(
    given.map((text) => {
      const [, id, value] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
      if (id === undefined || value === undefined)
        throw new BadInput(`--with ${text} is no choice: write it as in minutes=3.`);
      return [id, /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value];
    }),
  );
}

function refuseUnknown(chosen: Chosen, choices: readonly ImportChoice[]): void {
  for (const [id, value] of Object.entries(chosen)) {
    const choice = choices.find((known) => known.id === id);
    if (choice === undefined) {
      const known = choices.map((each) => each.id);
      const hint = suggest(id, known);
      const there = known.length === 0 ? 'there is none for it' : `there are ${known.join(', ')}`;
      throw new BadInput(
        `there is no choice "${id}": ${hint === null ? there : `did you mean "${hint}"?`}`.replace(
          /([^?])$/,
          '$1.',
        ),
      );
    }
    if (choice.value === value) continue;
    const right =
      choice.kind === 'number'
        ? `a ${choice.whole ? 'whole number' : 'number'} from ${choice.min} to ${choice.max}`
        : choice.options.map((option) => `"${option.value}"`).join(', ');
    throw new BadInput(`--with ${id}=${value} cannot be: it takes ${right}.`);
  }
}
