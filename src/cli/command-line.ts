import { suggest } from '../base/suggest.ts';
import { parseArguments, usageLine } from './arguments.ts';
import { BadInput, type Command, type Terminal } from './command.ts';

/** Loaded one by one when called: `millrace gallery` need not wait for what `millrace run` needs. */
const commands: Record<string, () => Promise<Command>> = {
  simulate: async () => (await import('./simulate-command.ts')).simulateCommand,
  run: async () => (await import('./run-command.ts')).runCommand,
  compare: async () => (await import('./compare-command.ts')).compareCommand,
  sweep: async () => (await import('./sweep-command.ts')).sweepCommand,
  check: async () => (await import('./check-command.ts')).checkCommand,
  import: async () => (await import('./import-command.ts')).importCommand,
  export: async () => (await import('./export-command.ts')).exportCommand,
  link: async () => (await import('./link-command.ts')).linkCommand,
  open: async () => (await import('./open-command.ts')).openCommand,
  gallery: async () => (await import('./gallery-command.ts')).galleryCommand,
  ledger: async () => (await import('./ledger-command.ts')).ledgerCommand,
  serve: async () => (await import('./serve-command.ts')).serveCommand,
};

const success = 0;
const failure = 1;
const badInput = 2;

/**
 * One call of `millrace`. Results go to `out`; what went wrong goes to `err` in one sentence.
 * @returns the exit code: 0; 1 for a failed check or a failed run; 2 for bad input
 */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const [name, ...rest] = args;
    if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
      terminal.out(await usage());
      return success;
    }
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (load === undefined) throw new BadInput(unknownCommand(name));
    const command = await load();
    if (rest.includes('--help') || rest.includes('-h')) {
      terminal.out(`${command.summary}\n${usageLine(command)}\n`);
      return success;
    }
    return await command.run(parseArguments(command, rest), terminal);
  } catch (error) {
    terminal.err(`millrace: ${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof BadInput ? badInput : failure;
  }
}

function unknownCommand(name: string): string {
  const known = Object.keys(commands);
  const nearest = suggest(name, known);
  const hint = nearest === null ? `there are ${known.join(', ')}` : `did you mean "${nearest}"?`;
  return `there is no command "${name}"; ${hint}`;
}

async function usage(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  const lines = all.map((command) => `  ${usageLine(command)}\n      ${command.summary}\n`);
  return `Usage:\n${lines.join('')}DOC is a document's file, "-" for standard input, a link, or a name from the gallery.\n`;
}
