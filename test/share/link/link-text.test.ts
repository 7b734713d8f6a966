import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { same } from '../../../src/base/same-json.ts';
import { fromBase64Url, toBase64Url } from '../../../src/share/link/base64url.ts';
import { inflate } from '../../../src/share/link/deflate.ts';
import type { LinkContent } from '../../../src/share/link/link-content.ts';
import { isLink, linkText, readLink } from '../../../src/share/link/link-text.ts';
import { upgraded } from '../../../src/share/link/upgrades.ts';
import { gallery } from '../../../src/scenarios/index.ts';
import { arbitraryCase } from '../../sim/arbitrary-case.ts';

const document: LinkContent['document'] = {
  format: 'millrace/1',
  stages: [{ id: 'a', work: { kind: 'synthetic', phases: [{ cpu: 5 }] } }],
};
const whole: LinkContent = {
  document: {
    ...{ ...document, name: 'Grüße 👋' },
    lesson: [
      {
        ...{ title: 'First', text: 'A *guess*.', ask: 'How long?', answers: ['short', 'long'] },
        grade: { quantity: 'makespan', limits: [100] },
      },
    ],
  },
  note: 'Faster with two workers.',
  view: { tab: 'why', selected: ['a'], zoom: [0, 12.5] },
  result: {
    measuredAt: '2026-11-21T19:35:42.000Z',
    environment: {
      ...{ browser: 'Chromium 156.0', cores: 8, isolated: true, timerStepMs: 0.005, hidden: false },
    },
    makespans: [120.5, 119],
    sequential: [240, 241],
    results: 'ab'.repeat(16),
    schedule: { digest: '0f'.repeat(32), cores: 8 },
  },
  answers: {
    ...{ name: 'Ada', answeredAt: '2026-11-22T09:00:00.000Z', environment: null },
    steps: [{ guess: 1, value: { value: 120.5, low: 119, high: 121, runs: 3 } }],
  },
};

const amount = fc.double({ min: 0, max: Number.MAX_SAFE_INTEGER, noNaN: true });
/** Of a step where one of two is chosen, one where a number is guessed, and one that only shows something. */
const answeredStep = fc.constantFrom('choice', 'number', 'shown').chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    guess: {
      choice: fc.constantFrom(null, 0, 1),
      number: fc.option(amount),
      shown: fc.constant(null),
    }[kind]!,
    value: fc.option(
      fc.record({ value: amount, low: amount, high: amount, runs: fc.integer({ min: 1, max: 5 }) }),
    ),
  }),
);
const arbitraryAnswered = fc
  .record({
    name: fc.string({ unit: 'binary', maxLength: 40 }),
    at: fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }),
    environment: fc.constantFrom(null, whole.result!.environment),
    steps: fc.array(answeredStep, { minLength: 1, maxLength: 6 }),
  })
  .map(({ name, at, environment, steps }): LinkContent => ({
    document: {
      ...document,
      lesson: steps.map(({ kind }, index) => ({
        ...{ title: `Step ${index}`, text: '' },
        ...(kind !== 'shown' && { ask: '?' }),
        ...(kind === 'choice' && {
          answers: ['a', 'b'],
          grade: { quantity: 'makespan', limits: [1] },
        }),
        ...(kind === 'number' && { grade: { quantity: 'makespan', within: 0.1 } }),
      })),
    },
    answers: {
      ...{ name, answeredAt: at.toISOString(), environment },
      steps: steps.map(({ guess, value }) => ({ guess, value })),
    },
  }));

/** A link to whatever this is. */
const linkTo = (content: unknown, version = 1): string =>
  `#${version}.${toBase64Url(deflateRawSync(JSON.stringify(content)))}`;

async function refusal(fragment: string): Promise<string> {
  const read = await readLink(fragment);
  if (read.ok) throw new Error('It was read.');
  return read.error;
}

async function expectRead(content: LinkContent): Promise<string> {
  const text = await linkText(content);
  expect(await readLink(text)).toEqual({ ok: true, value: content });
  return text;
}

describe('base64url', () => {
  it('is that of RFC 4648, and comes back', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = toBase64Url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64Url(text)).toEqual(new Uint8Array(bytes));
      }),
    );
  });
  it('says where it is broken', () => {
    expect(fromBase64Url('AB+D')).toBe(2);
    expect(fromBase64Url('ABCDü')).toBe(4);
    expect(fromBase64Url('ABCDE')).toBe(4);
  });
});

describe('a link', () => {
  it('brings back all that was put in', async () => {
    const text = await expectRead(whole);
    expect(text).toMatch(/^#1\.[\w-]+$/);
    expect(isLink(text)).toBe(true);
    expect(isLink('#why')).toBe(false);
  });

  it('brings back any document', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryCase, async ({ document }) => {
        await expectRead({ document });
      }),
      { numRuns: 200 },
    );
  });

  it('brings back any answers to its lesson', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryAnswered, async (content) => void (await expectRead(content))),
      { numRuns: 200 },
    );
  });

  it('to a document of the gallery has at most 2,000 letters, code aside', async () => {
    for (const { id, load } of gallery) {
      const loaded = await load();
      const text = await expectRead({ document: loaded });
      const code = [
        ...Object.values(loaded.modules ?? {}),
        ...loaded.stages.map(({ work }) => (work.kind === 'code' ? work.source : '')),
      ].join('');
      if (code.length < 1000) expect(text.length, id).toBeLessThanOrEqual(2000);
    }
  });

  it('is found also with the marks that stood behind it', async () => {
    const text = await linkText(whole);
    for (const end of ['.', ').', '>', ' \n', '”!'])
      expect((await readLink(text + end)).ok, end).toBe(true);
    expect((await readLink(text.slice(1))).ok).toBe(true);
  });
});

describe('what is no link', () => {
  it.each<[string, string | Promise<string>, RegExp]>([
    ['a word', '#why', /no link to a pipeline: one begins with #1\./],
    ['version 0', '#0.abc', /no version 0/],
    ['a version of many digits', '#99999.x', /one begins with #1\., this one with #99999\.$/],
    [
      'a newer version',
      linkTo(whole, 7),
      /version 7, and this page reads versions up to 1: reload/,
    ],
    ['a strange letter', '#1.ab%cd', /“%”, letter 3 of its content/],
    ['nothing', '#1.', /end may have been cut off/],
    ['bytes that are not packed', '#1._____', /cut off/],
    ['no UTF-8', `#1.${toBase64Url(deflateRawSync(Buffer.from([0xff, 0xfe])))}`, /no text/],
    ['no JSON', `#1.${toBase64Url(deflateRawSync('{"a"'))}`, /no JSON/],
    ['deep brackets', `#1.${toBase64Url(deflateRawSync('['.repeat(5000)))}`, /5,000 deep/],
    ['a list', linkTo([]), /use an object with document/],
    [
      'an unknown field',
      linkTo({ ...whole, notes: '' }),
      /notes is not a field here: did you mean "note"/,
    ],
    ['a wrong view', linkTo({ ...whole, view: { zoom: [5, 5] } }), /the second time must be later/],
    [
      'a document that is wrong',
      linkTo({ document: { ...document, stages: [] } }),
      /In the link’s document, /,
    ],
    [
      'too many letters',
      `#1.${'A'.repeat(3_000_000)}`,
      /3 million letters: the ceiling is 2.1 million/,
    ],
  ])('%s: is refused in a sentence', async (_, fragment, says) => {
    expect(await refusal(await fragment)).toMatch(says);
  });

  it('wherever a link is cut off, a sentence says so', async () => {
    const text = await linkText(whole);
    for (let end = 3; end < text.length; end++)
      expect(await refusal(text.slice(0, end))).toMatch(/^The link is damaged/);
  });

  it('a bomb stops at the ceiling, whatever it would unpack to', async () => {
    const bomb = deflateRawSync(Buffer.alloc(256 * 1024 * 1024), { level: 9 });
    expect(await refusal(`#1.${toBase64Url(bomb)}`)).toMatch(/unpacks to more than 5 MiB/);
    // Asked of the unpacking itself: it looks at less than the ceiling and one piece.
    expect(await inflate(new Uint8Array(bomb), 1000)).toBe('too-large');
  });

  it('whatever is changed in one, it is read or refused in a sentence', async () => {
    const json = JSON.stringify(whole);
    const packed = Buffer.from((await linkText(whole)).slice(3), 'base64url');
    const spoilt = (bytes: Buffer): fc.Arbitrary<Buffer> =>
      fc
        .array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
        .map((changes) => {
          const copy = Buffer.from(bytes);
          for (const [at, byte] of changes) copy[at] = byte;
          return copy;
        });
    const fragment = fc.oneof(
      spoilt(packed).map((bytes) => `#1.${toBase64Url(bytes)}`),
      spoilt(Buffer.from(json)).map((bytes) => `#1.${toBase64Url(deflateRawSync(bytes))}`),
      fc.json().map((text) => `#1.${toBase64Url(deflateRawSync(text))}`),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => `#1.${toBase64Url(bytes)}`),
      fc.string({ unit: 'binary' }).map((text) => `#1.${text}`),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(fragment, async (text) => {
        const read = await readLink(text);
        if (read.ok) expect(await readLink(await linkText(read.value))).toEqual(read);
        else expect(read.error).toMatch(/^[A-Z“].*\.$/s);
      }),
      { numRuns: 2000 },
    );
  });
});

it('a link of an early version takes every step to the newest', () => {
  const steps = [
    (content: unknown) => ({ ...(content as object), two: 2 }),
    (content: unknown) => ({ ...(content as object), three: (content as { two?: number }).two }),
  ];
  expect(upgraded({}, 1, steps)).toEqual({ two: 2, three: 2 });
  expect(upgraded({ two: 5 }, 2, steps)).toEqual({ two: 5, three: 5 });
  expect(upgraded({}, 3, steps)).toEqual({});
  expect(same(upgraded(whole, 1), whole)).toBe(true);
});
