/** Schema of where items come from, and when. */
import * as v from 'valibot';
import { ceilings } from './ceilings.ts';
import { chance, durationDraw } from './schema-draws.ts';
import {
  amount,
  code,
  list,
  oneOf,
  orNull,
  record,
  tagged,
  described as d,
  type Schema,
} from './schema-parts.ts';

const unknown = v.unknown() as Schema;
const rate = amount({
  above: 0,
  max: ceilings.ratePerSecond,
  tooSmall: 'nothing would ever arrive; use a rate above 0 items per second',
});
const rateHint = { rate: 'items per second' };
const arrivals = tagged('kind', {
  all: record({ kind: oneOf(['all']) }),
  uniform: record({ kind: oneOf(['uniform']), rate: d('Items per second.', rate) }, rateHint),
  poisson: record(
    { kind: oneOf(['poisson']), rate: d('Items per second, on average.', rate) },
    rateHint,
  ),
  bursts: record(
    {
      kind: oneOf(['bursts']),
      rate: d('Items per second, on average.', rate),
      size: d('Items a burst.', amount({ min: 1, max: ceilings.items, whole: true })),
    },
    { ...rateHint, size: 'items a burst' },
  ),
});

const itemCount = amount({ min: 0, max: ceilings.items, whole: true });
const service = record({
  'items?': d(
    'Items it has in all; each is {index, page, value}, the same for the same seed.',
    itemCount,
  ),
  'pageSize?': d(
    'Items a page; they come together when the call for their page has ended.',
    amount({ min: 1, max: ceilings.values, whole: true }),
  ),
  'latency?': d(
    'Time a call takes, ms; the pages are asked for one after the other.',
    durationDraw,
  ),
  'rate?': d(
    'Calls per second it allows, evenly spaced; null: any number.',
    orNull(amount({ above: 0, max: ceilings.ratePerSecond, or: 'or null for no limit' })),
  ),
  'failure?': d('Chance that a call fails, 0 to 0.99; a failed call is made again.', chance),
});

const sourceCommon = {
  'bytes?': d(
    'Declared size of one item in bytes, when it cannot be measured.',
    amount({ min: 0, max: ceilings.bytes }),
  ),
  'arrivals?': d('When items arrive: all at once, or at a rate.', arrivals),
};
export const source = tagged('kind', {
  count: record(
    { kind: oneOf(['count']), count: d('How many items: {index}.', itemCount), ...sourceCommon },
    { count: 'how many items' },
  ),
  values: record(
    {
      kind: oneOf(['values']),
      values: d('The items themselves.', list(unknown, ceilings.values, 'values')),
      ...sourceCommon,
    },
    { values: 'a list of items' },
  ),
  code: record(
    {
      kind: oneOf(['code']),
      code: d(
        'An ES module: export default function* (ctx) { yield item; }',
        code('the source has no code; write "export default function* (ctx) { yield 1; }"'),
      ),
      ...sourceCommon,
    },
    { code: 'a generator: "export default function* (ctx) { yield 1; }"' },
  ),
  corpus: record(
    {
      kind: oneOf(['corpus']),
      corpus: d(
        'Name of a shipped corpus, one item a file.',
        code('name a corpus, such as "sources"'),
      ),
      ...sourceCommon,
    },
    { corpus: 'the name of a corpus, such as "sources"' },
  ),
  files: record(
    {
      kind: oneOf(['files']),
      files: d('Always {}: the reader picks or drops the files.', record({})),
      ...sourceCommon,
    },
    { files: 'always {}: the reader picks the files' },
  ),
  service: record(
    {
      kind: oneOf(['service']),
      service: d('A seeded, local, paged and rate-limited service.', service),
      ...sourceCommon,
    },
    { service: 'its settings, such as {"items": 100, "pageSize": 10}' },
  ),
});
