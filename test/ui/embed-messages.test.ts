import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idLettersMax, messageVersion, readRequest } from '../../src/ui/embed/messages.ts';
import { plainText } from '../../src/ui/embed/plain-text.ts';
import { readContent } from '../../src/ui/embed/read-content.ts';

const id = fc.oneof(fc.maxSafeInteger(), fc.string({ maxLength: idLettersMax }), fc.constant(null));
/** Every request of the contract. */
const request = fc.oneof(
  fc.record({ type: fc.constantFrom('run', 'stop'), id }),
  fc.record({ type: fc.constant('theme'), theme: fc.constantFrom('light', 'dark', 'auto'), id }),
  fc.record({ type: fc.constant('load'), link: fc.string(), id }),
  fc.record({ type: fc.constant('load'), document: fc.jsonValue(), id }),
);

const refusal = (message: object): string => {
  const read = readRequest({ millrace: messageVersion, ...message });
  if (read === null || read.ok) throw new Error('It was taken.');
  return read.error.message;
};

describe('a message', () => {
  it('of the contract is taken for what it is', () => {
    fc.assert(
      fc.property(request, (one) => {
        const read = readRequest({ millrace: messageVersion, ...one });
        expect(read).toEqual({ ok: true, value: one });
      }),
    );
  });

  it('of whatever shape is read without a throw, and taken only if it is one of the contract', () => {
    // Nearly right ones, too: fields of requests with any values.
    const near = fc.record(
      {
        millrace: fc.oneof(fc.constant(messageVersion), fc.anything()),
        type: fc.oneof(fc.constantFrom('load', 'run', 'stop', 'theme'), fc.anything()),
        id: fc.anything(),
        link: fc.anything(),
        document: fc.anything(),
        theme: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), near), (data) => {
        const read = readRequest(data);
        if (read === null) return;
        const sent = data as Record<string, unknown>;
        if (!read.ok) {
          expect(read.error.message).toMatch(/^[A-Z].*\.$/s);
          return;
        }
        expect(sent['millrace']).toBe(messageVersion);
        const { value } = read;
        expect(value.type).toBe(sent['type']);
        expect(value.id).toBe(sent['id'] ?? null);
        if (value.type === 'theme') expect(['light', 'dark', 'auto']).toContain(value.theme);
        if (value.type === 'load' && 'link' in value) expect(typeof value.link).toBe('string');
      }),
    );
  });

  it('that is meant for somebody else is passed over, without an answer', () => {
    expect(readRequest('run')).toBeNull();
    expect(readRequest({ type: 'run' })).toBeNull();
    expect(readRequest(null)).toBeNull();
    expect(readRequest(Object.create({ millrace: messageVersion, type: 'run' }))).toBeNull();
  });

  it('that is wrong gets a sentence that names the field and the nearest choice, and its id', () => {
    expect(refusal({ type: 'lod' })).toBe(
      'A message’s “type” is one of load, run, stop, theme (did you mean load?).',
    );
    expect(refusal({ type: 'theme', theme: 'drak' })).toContain('(did you mean dark?)');
    expect(refusal({ type: 'load' })).toContain('either a “link” or a “document”');
    expect(refusal({ type: 'load', link: '#1.', document: {} })).toContain('either');
    expect(refusal({ type: 'load', link: 1 })).toContain('“link”');
    expect(refusal({ type: 'run', id: 'x'.repeat(idLettersMax + 1) })).toContain('“id”');
    expect(refusal({ type: 'run', millrace: 2 })).toContain('“millrace”: 1');
    const read = readRequest({ millrace: messageVersion, type: 'none', id: 'seven' });
    expect(read).toMatchObject({ ok: false, error: { id: 'seven' } });
  });
});

describe('a document that comes as a value', () => {
  const document = {
    format: 'millrace/1',
    name: undefined,
    stages: [{ id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 5 }] } }],
  };

  it('is read as its JSON text is', async () => {
    const { name: _, ...plain } = document;
    for (const one of [document, JSON.stringify(document)]) {
      const read = await readContent({ document: one });
      expect(read.ok && read.value.document).toEqual(plain);
    }
  });

  it('of whatever shape is read without a throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (value) => {
        const read = await readContent({ document: value });
        if (!read.ok) expect(read.error).toMatch(/[.!?]$/);
      }),
    );
  });

  it('and stands for gigabytes, or holds itself, is walked no further than a document may go', () => {
    // Each holds the one before twice: 2^40 numbers.
    let many: unknown = 1;
    for (let times = 0; times < 40; times++) many = [many, many];
    expect(plainText(many)).toMatchObject({ ok: false });
    const round: Record<string, unknown> = {};
    round['self'] = round;
    expect(plainText(round)).toMatchObject({ ok: false });
    expect(plainText(new Array(4_000_000_000))).toMatchObject({ ok: false });
    expect(plainText({ big: 'x'.repeat(5_000_000) })).toMatchObject({ ok: false });
  });

  it('and is no plain data is refused with advice', () => {
    for (const value of [new Map(), { when: new Date(0) }, { n: NaN }, [1n]])
      expect(plainText(value)).toMatchObject({
        ok: false,
        error: expect.stringContaining('no plain data'),
      });
  });

  it('of which the text would be one, is one', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        if (typeof value === 'string') return;
        expect(plainText(value)).toEqual({ ok: true, value: JSON.stringify(value) });
      }),
    );
  });
});
