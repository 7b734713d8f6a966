import { wholeNumber } from './arguments.ts';
import type { Command } from './command.ts';
import { buildIfStale } from './build.ts';
import { serveBuilt } from './serve.ts';

const firstPort = 4173;
const lastPort = 65_535;

export const serveCommand: Command = {
  name: 'serve',
  summary:
    'Builds the page when its sources are newer, and serves it on this machine until stopped.',
  words: [],
  options: { '--port': { value: 'PORT' } },
  async run(given, terminal) {
    const port = wholeNumber(given, '--port', 1, firstPort, lastPort);
    await buildIfStale(terminal.err);
    const server = await serveBuilt(port);
    terminal.out(`Millrace is at ${server.url} (Ctrl+C stops it)\n`);
    await new Promise<void>((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
    await server.close();
    return 0;
  },
};
