/** Counters and the service's turns in Redis: one for all workers on all machines. */
import type { Redis } from 'ioredis';
import type { Answerer } from './asks.ts';

/** A call whose turn is further off is refused. ms. */
const turnMsMax = 1000;

/** Takes the next turn, by Redis's own clock; returns how long to wait for it, ms. */
const takeTurn = `
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + time[2] / 1000
local atMs = math.max(nowMs, tonumber(redis.call('GET', KEYS[1]) or '0'))
if atMs - nowMs > tonumber(ARGV[2]) then return -1 end
redis.call('SET', KEYS[1], string.format('%.3f', atMs + tonumber(ARGV[1])), 'PX', 60000)
return math.ceil(atMs - nowMs)`;

/** @param prefix of the keys. @param rate calls of the service a second; null: as many as one likes. */
export function redisAnswers(redis: Redis, prefix: string, rate: number | null): Answerer {
  return async (question) => {
    if (question.what === 'turn') {
      if (rate === null) return 0;
      const ms = await redis.eval(takeTurn, 1, `${prefix}:turn`, 1000 / rate, turnMsMax);
      if (Number(ms) < 0) throw new Error('the service answered 429: it is called too often');
      return Number(ms);
    }
    const key = `${prefix}:counter:${question.name}`;
    if (question.what === 'value') return Number((await redis.get(key)) ?? 0);
    // How safe that is, is up to how Redis keeps its data (`appendfsync`).
    return redis.incrby(key, question.by);
  };
}
