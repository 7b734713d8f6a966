import { expect, it } from 'vitest';
import { failedWords } from '../../src/ui/commands/failed-words.ts';

const because = (message: string): string => failedWords('Save', new TypeError(message));

it.each([
  'Failed to fetch dynamically imported module: http://127.0.0.1/assets/save-1.js',
  'error loading dynamically imported module: http://127.0.0.1/assets/save-1.js',
  'Importing a module script failed.',
  'Unable to preload CSS for /assets/save-1.css',
])('blames the connection where a part could not be fetched: %s', (message) => {
  expect(because(message)).toBe('“Save” could not be done: check the connection and try again.');
});

it('says what failed otherwise', () => {
  expect(because('the trace has no tasks')).toBe(
    '“Save” could not be done. The trace has no tasks.',
  );
  expect(failedWords('Save', 'no room')).toBe('“Save” could not be done. No room.');
  expect(failedWords('Save', new Error())).toBe('“Save” could not be done.');
});
