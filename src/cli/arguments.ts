import { suggest } from '../base/suggest.ts';
import { BadInput, type Command, type Given } from './command.ts';

/**
 * Splits what follows the command's name into words and options. `--cores 4` and `--cores=4` are the same;
 * a lone "-" is a word (standard input); after "--" everything is a word.
 * @throws {BadInput} naming the argument and the nearest known one
 */
export function parseArguments(command: Command, args: readonly string[]): Given {
  const words: string[] = [];
  const options: Record<string, string[]> = {};
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '--') {
      words.push(...args.slice(i + 1));
      break;
    }
    if (!arg.startsWith('-') || arg === '-') {
      words.push(arg);
      continue;
    }
    const equals = arg.indexOf('=');
    const name = equals < 0 ? arg : arg.slice(0, equals);
    const option = Object.hasOwn(command.options, name) ? command.options[name] : undefined;
    if (option === undefined) throw new BadInput(unknownOption(command, name));
    let value = '';
    if (option.value === null) {
      if (equals >= 0) throw new BadInput(`${name} takes no value.`);
    } else if (equals >= 0) {
      value = arg.slice(equals + 1);
    } else {
      const next = args[++i];
      if (next === undefined) throw new BadInput(`${name} needs ${option.value} after it.`);
      value = next;
    }
    const values = (options[name] ??= []);
    if (values.length > 0 && option.repeated !== true)
      throw new BadInput(`${name} is given twice.`);
    values.push(value);
  }
  checkWords(command, words);
  for (const [name, { required, value }] of Object.entries(command.options)) {
    if (required === true && options[name] === undefined) {
      throw new BadInput(
        `millrace ${command.name} needs ${name} ${value ?? ''}: ${usageLine(command)}`,
      );
    }
  }
  return { words, options };
}

/** A whole number from `least` to `most`, or `otherwise` when the option is absent. @throws {BadInput} */
export function wholeNumber(
  given: Given,
  name: string,
  least: number,
  otherwise: number,
  most = Number.MAX_SAFE_INTEGER,
): number {
  const text = given.options[name]?.[0];
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!/^\d+$/.test(text) || !(value <= most) || value < least) {
    const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `${least} to ${most}`;
    throw new BadInput(`${name} is "${text}"; it takes a whole number, ${range}.`);
  }
  return value;
}

function checkWords(command: Command, words: readonly string[]): void {
  const missing = command.words[words.length];
  if (missing !== undefined) {
    throw new BadInput(`millrace ${command.name} needs ${missing}: ${usageLine(command)}`);
  }
  const extra = words[command.words.length];
  if (extra !== undefined && command.more === undefined) {
    throw new BadInput(`millrace ${command.name} does not take "${extra}": ${usageLine(command)}`);
  }
}

function unknownOption(command: Command, name: string): string {
  const known = Object.keys(command.options);
  const nearest = suggest(name, known);
  const hint =
    nearest === null ? `it takes ${known.join(', ') || 'no options'}` : `did you mean ${nearest}?`;
  return `millrace ${command.name} has no option ${name}; ${hint}`;
}

export function usageLine(command: Command): string {
  const options = Object.entries(command.options).map(([name, option]) => {
    const text = option.value === null ? name : `${name} ${option.value}`;
    const shown = option.required === true ? text : `[${text}]`;
    return option.repeated === true ? `${shown}…` : shown;
  });
  const more = command.more === undefined ? [] : [`[${command.more}…]`];
  return ['millrace', command.name, ...command.words, ...options, ...more].join(' ');
}
