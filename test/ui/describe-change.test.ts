import { describe, expect, it } from 'vitest';
import { addStage, connect, disconnect } from '../../src/pipeline/edit.ts';
import { withAt } from '../../src/pipeline/pointer.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { describeChange } from '../../src/ui/page/describe-change.ts';

const work = { kind: 'synthetic', phases: [{ cpu: 4 }] } as const;
const before: PipelineDocument = {
  format: 'millrace/1',
  name: 'Chain',
  stages: [
    { id: 'a', name: 'Read', work: { ...work, phases: [{ cpu: 4 }] } },
    { id: 'b', work: { ...work, phases: [{ cpu: 4 }] } },
  ],
};
const set = (pointer: string, value: unknown): PipelineDocument =>
  withAt(before, pointer, value) as PipelineDocument;

describe('what an edit did, in words', () => {
  it('says nothing of nothing', () => {
    expect(describeChange(before, before)).toBeNull();
    expect(describeChange(before, structuredClone(before))).toBeNull();
  });

  it('names stages and connections that come and go', () => {
    const added = addStage(before, { name: 'New', after: ['a'] });
    if (!added.ok) throw new Error(added.error);
    const { document } = added.value;
    expect(describeChange(before, document)?.text).toBe('stage “New” added');
    expect(describeChange(document, before)?.text).toBe('stage “New” removed');
    const connected = connect(before, 'a', 'b');
    if (!connected.ok) throw new Error(connected.error);
    expect(describeChange(before, connected.value)).toEqual({
      text: '“b” comes after “Read” now',
      isGraph: true,
    });
    const apart = disconnect(connected.value, 'a', 'b');
    if (!apart.ok) throw new Error(apart.error);
    expect(describeChange(connected.value, apart.value)?.text).toBe(
      '“b” no longer comes after “Read”',
    );
  });

  it.each([
    ['/stages/a/permits', 3, '“Read”: permits 3'],
    ['/stages/a/buffer', { capacity: 4 }, '“Read”: buffer {"capacity":4}'],
    ['/name', undefined, 'name is the default'],
    ['/notes', 'x'.repeat(100), 'notes changed'],
  ])('names the field and its value: %s', (pointer, value, text) => {
    expect(describeChange(before, set(pointer, value))).toEqual({ text, isGraph: false });
  });
});
