import { expect, test } from 'vitest';
import { DocumentStore } from '../../src/ui/state/document-store.svelte.ts';

test('text that cannot be read comes back with the last good document beneath it', () => {
  const before = new DocumentStore();
  before.change({ ...before.document, name: 'My work' });
  const lastGood = before.text;
  before.openText('garbage not json');
  expect(before.textBroken).toBe(true);

  const after = new DocumentStore();
  after.restore(before.text, lastGood);
  expect(after.text).toBe('garbage not json');
  expect(after.document.name).toBe('My work');
  after.undo();
  expect(after.text).toBe(lastGood);
});
