import { expect, it } from 'vitest';
import { keyNames } from '../../src/ui/commands/key-names.ts';
import { shortcutGroups } from '../../src/ui/commands/shortcut-table.ts';

it('writes keys as they are on the keyboard', () => {
  expect(keyNames('Mod+Shift+Z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
  expect(keyNames('Mod+Shift+Z', true)).toEqual(['⌘', '⇧', 'Z']);
  expect(keyNames('ArrowUp', false)).toEqual(['↑']);
  expect(keyNames('+', true)).toEqual(['+']);
});

it('gives no two things in one place the same keys', () => {
  const [everywhere, ...parts] = shortcutGroups;
  const global = everywhere!.shortcuts.flatMap(({ keys }) => keys);
  for (const { title, shortcuts } of [{ title: 'page', shortcuts: [] }, ...parts]) {
    const all = [...global, ...shortcuts.flatMap(({ keys }) => keys)];
    expect(new Set(all).size, title).toBe(all.length);
  }
});
