import fc from 'fast-check';
import { claims } from '../../../src/scenarios/claims/index.ts';
import { trialCode } from '../../../src/share/ledger/trial-code.ts';
import * as cases from '../import/small-cases.ts';

const document = {
  format: 'millrace/1',
  name: 'Grüße 👋',
  source: { kind: 'count', count: 20 },
  limits: { api: 2 },
  stages: [
    { id: 'read', work: { kind: 'synthetic', phases: [{ cpu: { perItem: [1, 2.5, 3] } }] } },
    {
      ...{ id: 'store', after: ['read'], uses: { api: 1 }, batch: { size: 4, linger: 10 } },
      work: { kind: 'code', source: 'export default (item) => item + 1;' },
    },
  ],
  variants: [{ name: 'one', set: { '/stages/store/permits': 1 } }],
};
const measured = {
  measuredAt: '2026-11-21T19:35:42.000Z',
  environment: {
    browser: 'Chromium 156.0',
    cores: 8,
    isolated: true,
    timerStepMs: 0.005,
    hidden: false,
  },
  makespans: [120.5, 119],
  results: 'ab'.repeat(16),
};
const result = { ...measured, schedule: { digest: '0f'.repeat(32), cores: 8 } };
const linked = { document, note: 'Faster.', view: { tab: 'why', zoom: [0, 12.5] }, result };
const speedscope = {
  shared: { frames: [{ name: 'main' }, { name: 'draw' }] },
  profiles: [
    {
      ...{ type: 'evented', name: 'one', unit: 'milliseconds', startValue: 0, endValue: 10 },
      events: [
        { type: 'O', frame: 0, at: 0 },
        { type: 'O', frame: 1, at: 2 },
        { type: 'C', frame: 1, at: 5 },
        { type: 'C', frame: 0, at: 10 },
      ],
    },
    { type: 'sampled', name: 'two', unit: 'seconds', samples: [[0], [0, 1]], weights: [2, 3] },
  ],
};

const { measuredAt } = measured;
const outcome = {
  ...{ id: 'B4', verdict: 'fell short', tookMs: 4000 },
  trials: claims
    .find(({ id }) => id === 'B4')!
    .trials.map(({ name }) => ({
      ...{ name, verdict: 'fell short', unit: '×', predicted: 1.2, note: '' },
      measured: { value: 1.2, low: 1.1, high: 1.3, samples: 12 },
    })),
};

/** One of everything that is read from outside. */
export const sound: readonly string[] = [
  ...Object.values(cases),
  JSON.stringify(document, null, 2),
  JSON.stringify(linked),
  JSON.stringify({ format: 'millrace-result/1', ...linked }),
  JSON.stringify({ format: 'millrace-baseline/1', document, ...measured }),
  JSON.stringify(speedscope),
  JSON.stringify({
    format: 'millrace-ledger/1',
    results: [{ measuredAt, environment: measured.environment, outcomes: [outcome] }],
  }),
  JSON.stringify([
    [
      ...[measuredAt, ['Chromium 156.0', 8, 1, 0.005, 0]],
      [['B4', 1, 40, [[trialCode(outcome.trials[0]!.name), 1, [1.2, 1.1, 1.3, 12], null]]]],
    ],
  ]),
];

/** What breaks readers: ends of ranges, half of what has two halves, names that objects have by themselves. */
const pieces = [
  ...[
    '',
    ' ',
    '\n',
    '\t',
    '\r',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ',',
    ':',
    '-',
    '#',
    '&a ',
    '*a',
    '${{',
    '}}',
    '<<: ',
  ],
  ...[
    '0',
    '-1',
    '1e400',
    '-1e400',
    '1e308',
    '9007199254740993',
    '4294967296',
    '0.1',
    'NaN',
    'null',
    'true',
    '[]',
    '{}',
  ],
  ...[
    '"__proto__":1,',
    '"constructor"',
    'toString',
    '\u0000',
    '\uFEFF',
    '\uD800',
    '👋',
    'é',
    '%00',
    '\\u0000',
  ],
];

type Change = (text: string) => string;
const place = fc.nat(1e6);

/** One thing done to a text. */
const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(place, fc.nat(12), fc.constantFrom(...pieces))
      .map(([at, length, put]): Change => replaced(at, length, put)),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(place, fc.nat(255))
      .map(([at, code]): Change => replaced(at, 1, String.fromCharCode(code))),
  },
  fc.tuple(place, fc.boolean()).map(([at, isEnd]): Change => (text) => {
    const cut = at % (text.length + 1);
    return isEnd ? text.slice(0, cut) : text.slice(cut);
  }),
  fc
    .tuple(place, fc.nat(200), fc.integer({ min: 1, max: 40 }))
    .map(([at, length, times]): Change => (text) => {
      const from = at % (text.length + 1);
      return text.slice(0, from) + text.slice(from, from + length).repeat(times) + text.slice(from);
    }),
  // A number becomes another one, near the end of some range.
  fc
    .tuple(
      place,
      fc.constantFrom(
        '0',
        '-1',
        '1e9',
        '1e15',
        '1e300',
        '2147483648',
        '99999999999999999999',
        '0.0000001',
      ),
    )
    .map(([at, put]): Change => (text) => {
      const numbers = [...text.matchAll(/\d+(\.\d+)?/g)];
      const found = numbers[at % Math.max(1, numbers.length)];
      return found
        ? text.slice(0, found.index) + put + text.slice(found.index + found[0].length)
        : text;
    }),
  fc
    .tuple(
      place,
      fc.constantFrom('[', '{"a":', '- ', '  ', '? ', '(', '"'),
      fc.constantFrom(3, 250, 20_000),
    )
    .map(([at, sign, times]): Change => replaced(at, 0, sign.repeat(times))),
  // The end of a text of another kind.
  fc.tuple(place, fc.constantFrom(...sound), place).map(
    ([at, other, from]): Change =>
      (text) =>
        text.slice(0, at % (text.length + 1)) + other.slice(from % other.length),
  ),
);

const replaced =
  (at: number, length: number, put: string): Change =>
  (text) => {
    const from = at % (text.length + 1);
    return text.slice(0, from) + put + text.slice(from + length);
  };

/** A changed text grows by doubling at the most so far: what is longer is cut. */
const lettersMax = 200_000;

/** Some are whole: a single change breaks nearly all of those that are read strictly. */
const spoilt = fc
  .tuple(fc.constantFrom(...sound), fc.array(change, { maxLength: 4 }))
  .map(([text, changes]) => changes.reduce((now, one) => one(now).slice(0, lettersMax), text));

/** A text from outside, most of them broken in some way. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: spoilt },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
  {
    weight: 1,
    arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => new TextDecoder().decode(bytes)),
  },
  { weight: 1, arbitrary: fc.json() },
);
