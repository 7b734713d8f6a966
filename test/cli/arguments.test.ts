import { expect, test } from 'vitest';
import { parseArguments, usageLine, wholeNumber } from '../../src/cli/arguments.ts';
import { BadInput, type Command } from '../../src/cli/command.ts';

const command: Command = {
  name: 'try',
  summary: 'Tries.',
  words: ['DOC'],
  options: {
    '--cores': { value: 'N' },
    '--set': { value: '/pointer=value', repeated: true },
    '--json': { value: null },
  },
  run: () => Promise.resolve(0),
};
const parse = (...args: string[]) => parseArguments(command, args);

test('words and options in any order', () => {
  expect(parse('--json', '--cores', '4', 'a.json', '--set', '/a=1', '--set=/b=2')).toEqual({
    words: ['a.json'],
    options: { '--json': [''], '--cores': ['4'], '--set': ['/a=1', '/b=2'] },
  });
});

test('a lone dash and what follows "--" are words', () => {
  expect(parse('-').words).toEqual(['-']);
  expect(parse('--', '--json').words).toEqual(['--json']);
});

test.each([
  [['a', '--jsn'], 'millrace try has no option --jsn; did you mean --json?'],
  [['a', '--constructor'], 'millrace try has no option --constructor; it takes --cores'],
  [['a', '--json=1'], '--json takes no value.'],
  [['a', '--cores'], '--cores needs N after it.'],
  [['a', '--cores', '1', '--cores', '2'], '--cores is given twice.'],
  [[], 'millrace try needs DOC'],
  [['a', 'b'], 'millrace try does not take "b"'],
])('%j is refused', (args, message) => {
  expect(() => parse(...args)).toThrow(BadInput);
  expect(() => parse(...args)).toThrow(message);
});

test('whole numbers', () => {
  expect(wholeNumber(parse('a', '--cores', '8'), '--cores', 1, 2)).toBe(8);
  expect(wholeNumber(parse('a'), '--cores', 1, 2)).toBe(2);
  for (const bad of ['0', '1.5', '', 'x', '1e3', '99999999999999999']) {
    expect(() => wholeNumber(parse('a', `--cores=${bad}`), '--cores', 1, 2)).toThrow(BadInput);
  }
});

test('the usage line names everything', () => {
  expect(usageLine(command)).toBe('millrace try DOC [--cores N] [--set /pointer=value]… [--json]');
});
