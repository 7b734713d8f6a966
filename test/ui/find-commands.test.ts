import { expect, it } from 'vitest';
import type { Command } from '../../src/ui/commands/command.ts';
import { CommandFinder } from '../../src/ui/commands/find-commands.ts';
import { pageCommands } from '../../src/ui/commands/page-commands.ts';
import { recentCommands, rememberCommand } from '../../src/ui/commands/recent-commands.ts';

const field = (label: string, stage: string): Command => ({
  id: `field:${stage}/${label}`,
  title: `${label} of “${stage}”`,
  group: 'Fields',
  onlySearched: true,
  run() {},
});
const commands = [
  ...pageCommands,
  ...['Resize', 'Upload'].flatMap((stage) => ['Permits', 'Capacity'].map((l) => field(l, stage))),
];
const first = (query: string, recent: string[] = []): string | undefined =>
  new CommandFinder(commands).find(query, recent)[0]?.found[0]?.command.title;

it.each([
  ['run', 'Run on real workers'],
  ['permits of res', 'Permits of “Resize”'],
  ['upl cap', 'Capacity of “Upload”'],
  ['dark', 'Dark theme'],
  ['undo', 'Undo'],
  ['bottleneck', 'Go to Why'],
  ['json', 'Save as a file'],
  ['gloss', 'Glossary'],
  ['stop', 'Stop the run'],
])('“%s” finds “%s” first', (query, title) => {
  expect(first(query)).toBe(title);
});

it('shows what was used last before everything else, once, and no field until it is looked for', () => {
  const groups = new CommandFinder(commands).find(' ', ['undo', 'gone', 'run']);
  expect(groups[0]?.title).toBe('Used last');
  expect(groups[0]?.found.map(({ command }) => command.id)).toEqual(['undo', 'run']);
  const ids = groups.flatMap(({ found }) => found.map(({ command }) => command.id));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(pageCommands.filter(({ onlySearched }) => !onlySearched).length);
});

it('means the one used before when two match alike', () => {
  const other = first('schedule');
  const [used] = new CommandFinder(commands)
    .find('schedule', [])
    .flatMap(({ found }) => found)
    .filter(({ command }) => command.title !== other && command.title.includes('schedule'));
  expect(first('schedule', [used!.command.id])).toBe(used!.command.title);
});

it('finds nothing by what nobody would call it', () => {
  expect(new CommandFinder(commands).find('qqxxzz', [])).toEqual([]);
});

it('finds the same letter by letter, also after some were taken back', () => {
  const finder = new CommandFinder(commands);
  for (const typed of ['permits of up', 'go to why', 'rwk'])
    for (let end = 1; end <= typed.length; end++) {
      for (const query of [typed.slice(0, end), typed.slice(0, Math.max(1, end - 2))])
        expect(finder.find(query, [])).toEqual(new CommandFinder(commands).find(query, []));
    }
});

it('has an id of its own for each command', () => {
  expect(new Set(pageCommands.map(({ id }) => id)).size).toBe(pageCommands.length);
});

it('remembers the last few, and what others have written there is nothing', () => {
  const kept = new Map<string, string>();
  const settings = {
    get: (name: string) => kept.get(name) ?? null,
    set: (name: string, value: string | null) => void kept.set(name, value ?? ''),
  };
  expect(recentCommands(settings)).toEqual([]);
  for (const id of ['a', 'b', 'c', 'a', 'd', 'e', 'f']) rememberCommand(settings, id);
  expect(recentCommands(settings)).toEqual(['f', 'e', 'd', 'a', 'c']);
  for (const broken of ['{', '7', '[1, null, "x"]']) {
    kept.set('recent-commands', broken);
    expect(recentCommands(settings)).toEqual(broken.startsWith('[') ? ['x'] : []);
  }
});
