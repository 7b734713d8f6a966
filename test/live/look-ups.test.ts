import { afterEach, expect, test } from 'vitest';
import { readToCache, type FromCache, type ToCache } from '../../src/base/cache-port.ts';
import { plain } from '../../src/engine/machine.ts';
import { LookUps, type Answer } from '../../src/live/coordinator/look-ups.ts';

const keys = {
  keyOf: (_stage: number, input: unknown) => String(input).padStart(64, '0'),
  idOf: (key: string) => Number(key),
  stageId: (stage: number) => `stage-${stage}`,
};
const result = (value: unknown) => ({ code: plain, values: [value] });
const open: MessagePort[] = [];
afterEach(() => open.splice(0).forEach((port) => port.close()));

/** @param answer what the cache says to a message; undefined: nothing. */
function started(answer: (message: ToCache) => FromCache | undefined, patienceMs?: number) {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  const heard: ToCache[] = [];
  const told: string[] = [];
  const answers: Answer[] = [];
  let next = (): void => {};
  port1.onmessage = ({ data }: MessageEvent<ToCache>) => {
    heard.push(data);
    const said = answer(data);
    if (said) port1.postMessage(said);
  };
  const events = {
    answered: (more: Answer[]) => {
      answers.push(...more);
      next();
    },
    refused: (why: string) => void told.push(why),
  };
  const lookUps = new LookUps(port2, keys, events, patienceMs);
  const answered = async (count: number): Promise<Answer[]> => {
    while (answers.length < count) await new Promise<void>((resolve) => (next = resolve));
    return answers;
  };
  return { lookUps, heard, told, answered };
}
const got = (request: number, values: unknown[]): FromCache => ({ type: 'got', request, values });

test('what was missed and computed is sent, with the stage that did it', async () => {
  const { lookUps, heard, answered } = started((message) =>
    message.type === 'get'
      ? got(
          message.request,
          message.keys.map((key) => (Number(key) === 7 ? result('kept') : null)),
        )
      : undefined,
  );
  lookUps.ask(1, 10, 7, [10]);
  lookUps.ask(2, 11, 8, [11]);
  lookUps.flush();
  expect(await answered(2)).toMatchObject([
    { stage: 1, item: 10, found: result('kept'), id: 7 },
    { stage: 2, item: 11, found: null, id: 8 },
  ]);
  lookUps.keep(1, 10, result('again'), null);
  lookUps.keep(2, 11, result('new'), 0);
  await lookUps.stored();
  const entry = { key: keys.keyOf(2, 8), stage: 'stage-2', value: result('new'), ttlMs: 0 };
  expect(heard[1]).toEqual({ type: 'put', entries: [entry] });
  // As the cache reads it.
  for (const message of heard) expect(readToCache(message)).toEqual(message);
});

test('what was computed while somebody asked for it is his answer: it is not computed again', async () => {
  const { lookUps, heard, answered } = started((message) =>
    message.type === 'get'
      ? got(
          message.request,
          message.keys.map(() => null),
        )
      : undefined,
  );
  lookUps.ask(0, 1, 7, [1]);
  lookUps.flush();
  await answered(1);
  lookUps.ask(0, 2, 7, [2]);
  lookUps.ask(0, 3, 8, [3]);
  lookUps.flush();
  lookUps.keep(0, 1, result('new'), null);
  const [, second, third] = await answered(3);
  expect(second).toMatchObject({ item: 2, found: result('new'), id: 7 });
  expect(third).toMatchObject({ item: 3, found: null });
  // Later ones are answered by the store, which has had the result before their question.
  lookUps.ask(0, 4, 7, [4]);
  lookUps.flush();
  expect((await answered(4))[3]).toMatchObject({ item: 4, found: null });
  expect(heard.map(({ type }) => type)).toEqual(['get', 'get', 'put', 'get']);
});

test('a value of another shape is a miss', async () => {
  const odd: unknown[] = ['x', { code: plain, values: [] }, { code: 2, values: [1] }, [1]];
  const { lookUps, answered } = started((message) =>
    message.type === 'get' ? got(message.request, odd) : undefined,
  );
  odd.forEach((_, i) => lookUps.ask(0, i, i, [i]));
  lookUps.flush();
  expect((await answered(odd.length)).every(({ found }) => found === null)).toBe(true);
});

test('a cache that says nothing is gone: misses, told once, never asked again', async () => {
  const { lookUps, heard, told, answered } = started(() => undefined, 20);
  lookUps.ask(0, 1, 1, [1]);
  lookUps.flush();
  lookUps.ask(0, 2, 2, [2]);
  lookUps.flush();
  expect((await answered(2)).map(({ found }) => found)).toEqual([null, null]);
  expect(told).toEqual(['The cache has not answered for 0 s: the run goes on without it.']);
  lookUps.ask(0, 3, 3, [3]);
  lookUps.keep(0, 1, result(1), null);
  lookUps.flush();
  await answered(3);
  await lookUps.stored();
  expect(heard).toHaveLength(2);
});

test('a full cache is still asked, but handed nothing', async () => {
  const full: FromCache = { type: 'refused', why: 'Full.', reads: true };
  const { lookUps, heard, told, answered } = started((message) =>
    message.type === 'get'
      ? got(
          message.request,
          message.keys.map(() => null),
        )
      : full,
  );
  for (let round = 0; round < 3; round++) {
    lookUps.ask(0, round, round, [round]);
    lookUps.flush();
    await answered(round + 1);
    lookUps.keep(0, round, result(round), null);
    lookUps.flushPuts();
    // A message each way, at least.
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(told).toEqual(['Full.']);
  expect(heard.map(({ type }) => type)).toEqual(['get', 'put', 'get', 'get']);
});
