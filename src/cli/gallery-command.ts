import { claims } from '../scenarios/claims/index.ts';
import { gallery } from '../scenarios/index.ts';
import type { Command } from './command.ts';

export const galleryCommand: Command = {
  name: 'gallery',
  summary: 'Lists the documents that come with Millrace, and what claims they stand for.',
  words: [],
  options: { '--json': { value: null } },
  run(given, terminal) {
    const entries = gallery.map(({ id, title, teaches, seconds, kind, graph }) => ({
      ...{ name: id, title, teaches, seconds, kind },
      stages: graph.map((stage) => stage.id),
      claims: claims.filter(({ scenario }) => scenario === id).map((claim) => claim.id),
    }));
    if (given.options['--json'] !== undefined) {
      terminal.out(`${JSON.stringify(entries)}\n`);
    } else {
      const width = Math.max(...entries.map(({ name }) => name.length));
      for (const { name, title, teaches } of entries) {
        terminal.out(`${name.padEnd(width)}  ${title}\n${' '.repeat(width)}  ${teaches}\n`);
      }
    }
    return Promise.resolve(0);
  },
};
