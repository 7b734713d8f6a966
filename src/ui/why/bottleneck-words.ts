import { formatCount, formatMs, formatPercent } from '../../base/units.ts';
import type { Bottleneck } from '../../measure/bottlenecks.ts';
import type { QueueTrend } from '../../measure/queue-trend.ts';
import type { Pipeline } from '../../pipeline/types.ts';
import type { Trace } from '../../trace/types.ts';

/** What a semaphore, a buffer or another cause is called, by its key. */
export function causeName(key: string, pipeline: Pipeline): string {
  const [kind, rest] = splitKey(key);
  const stage = pipeline.stages.find(({ id }) => id === rest);
  const name = stage?.name ?? rest;
  switch (kind) {
    case 'permits':
      return stage?.join === 'fold' ? `${name}: one step at a time` : `${name}: its permits`;
    case 'buffer':
      return `${name}: its buffer`;
    case 'limit':
      return `limit “${rest}”`;
    case 'workers':
      return 'workers';
    case 'cores':
      return 'cores';
    case 'in-flight':
      return 'items in flight';
    case 'memory':
      return 'memory mark';
    case 'arrivals':
      return 'the source';
    case 'critical-path':
      return 'critical path';
    case 'retry':
      return `${name}: pauses before retries`;
    case 'work':
      return name === '' ? 'the work itself' : `the work itself, at ${name}`;
    default:
      return key;
  }
}

/** "permits:resize" → kind and the rest, which may contain colons itself. */
export function splitKey(key: string): [kind: string, rest: string] {
  const at = key.indexOf(':');
  return at < 0 ? [key, ''] : [key.slice(0, at), key.slice(at + 1)];
}

/** Workers that run less than this of what they can are rather waiting for their messages. */
const mostlyRan = 0.6;
/** From here on the gaps between tasks are not worth a word. */
const nearlyAll = 0.9;

/** What a bottleneck is called. */
export function bottleneckName({ key, onCores, ranShare }: Bottleneck, pipeline: Pipeline): string {
  if (ranShare < mostlyRan) return 'handing tasks over';
  return causeName(onCores ? 'cores' : key, pipeline);
}

/** Why the tasks waited, in a sentence: what was out, and how much of it there is. */
export function causeSentence(one: Bottleneck, pipeline: Pipeline, { meta }: Trace): string {
  const stage = pipeline.stages[one.stage];
  const name = stage?.name ?? '';
  const { machine, limits } = pipeline;
  switch (one.kind) {
    case 'permits': {
      if (stage?.join === 'fold') return `${name} folds one item at a time, the others wait.`;
      const permits = stage?.permits ?? null;
      if (permits === null) return `All that may run of ${name} ran or was blocked.`;
      return permits === 1
        ? `The only permit of ${name} was taken: its tasks run one after another.`
        : `All ${formatCount(permits)} permits of ${name} were taken.`;
    }
    case 'buffer':
      return `The buffer of ${name} was full (${formatCount(stage?.buffer.capacity ?? 0)}), with nothing in it that could start.`;
    case 'limit': {
      const limit = one.key.slice('limit:'.length);
      return `The shared limit “${limit}” was taken: ${formatCount(limits[limit] ?? 0)} at once, no more.`;
    }
    case 'workers': {
      const { workers, tasksPerWorker, cores } = meta;
      if (one.ranShare < nearlyAll) return handingOver(one, workers);
      if (one.onCores)
        return `${cores === 1 ? 'The one core was' : `All ${formatCount(cores)} cores were`} taken by CPU work: more workers would only share ${cores === 1 ? 'it' : 'them'}.`;
      const each = tasksPerWorker > 1 ? `, with ${formatCount(tasksPerWorker)} tasks each` : '';
      return workers === 1
        ? `The one worker was taken${each}.`
        : `All ${formatCount(workers)} workers were taken${each}.`;
    }
    case 'in-flight':
      return `${formatCount(machine.inFlight ?? 0)} items were in flight, and no more may be; inside nothing waited.`;
    case 'memory':
      return 'Payloads in flight were above the memory mark, so the source paused; inside nothing waited.';
    case 'arrivals':
      return 'Everything that was there was being worked on: the next item had not come yet.';
    case 'retry':
      return `Nothing ran: ${name} paused before the next attempt.`;
    case 'work':
      return `Nothing waited for anything: what ran, mostly ${name || 'its tasks'}, just takes that long.`;
  }
}

function handingOver({ ranShare }: Bottleneck, workers: number): string {
  const all = workers === 1 ? 'The one worker' : `All ${formatCount(workers)} workers`;
  return `${all} had been given tasks, but ran them for ${formatPercent(ranShare)} of that time: the rest went into handing tasks over. More work a task, or batches, hand over less often.`;
}

/** Who felt it: held back before it, without work after it, waiting for it. Each a short sentence. */
export function effectSentences(one: Bottleneck, pipeline: Pipeline): string[] {
  const nameOf = (stage: number) => (stage < 0 ? 'the source' : pipeline.stages[stage]!.name);
  const told = (says: string, list: Bottleneck['heldUp'], how: string) =>
    list.length === 0
      ? []
      : [
          `${says} ${list
            .slice(0, 3)
            .map(
              ({ stage, share }) => `${nameOf(stage)} (${how} ${formatPercent(share)} of the run)`,
            )
            .join(', ')}${list.length > 3 ? ` and ${formatCount(list.length - 3)} more` : ''}`,
        ];
  const waited = one.waiters.filter(({ ms }) => ms > 0);
  const others = waited.length > 1 || waited.some(({ stage }) => stage !== one.stage);
  return [
    ...told('held back', one.heldUp, 'blocked'),
    ...told('left idle', one.starved, 'nothing to do'),
    ...(waited.length > 0 && one.waitMs > 0
      ? [
          `${formatMs(one.waitMs)} of waiting${
            others
              ? ` (${waited
                  .slice(0, 3)
                  .map(({ stage }) => nameOf(stage))
                  .join(', ')})`
              : ''
          }`,
        ]
      : []),
    ...(Number.isNaN(one.busyShare)
      ? []
      : [`${nameOf(one.stage)} busy ${formatPercent(one.busyShare)} of the run`]),
  ];
}

/** What its queue did while items came. @param isRecovering null: nothing can be said of that. */
export function trendWords(
  trend: QueueTrend | null,
): { isRecovering: boolean | null; text: string } | null {
  if (trend === null) return null;
  const most = formatCount(trend.most);
  const rate = formatCount(Math.abs(Number(trend.slopePerS.toPrecision(2))));
  switch (trend.kind) {
    case 'none':
      return null;
    case 'at-once':
      return {
        isRecovering: null,
        text: `all items came at once: ${most} waited, then it drained`,
      };
    case 'full':
      return { isRecovering: false, text: `queue full at ${most} as long as items came` };
    case 'growing':
      return {
        isRecovering: false,
        text: `queue grew by ${rate} a second, to ${most}, as long as items came`,
      };
    case 'steady':
      return { isRecovering: false, text: `queue neither grew nor shrank (at most ${most})` };
    case 'recovering':
      return {
        isRecovering: true,
        text: `queue shrank by ${rate} a second from at most ${most}, to ${formatCount(trend.atInputEnd)} when the last item had come`,
      };
    case 'recovered':
      return { isRecovering: true, text: `queue was up to ${most} and was gone again` };
  }
}

/** "98 % of the run" of what is chronic; of the rest also when. */
export function whenWords({ share, isChronic, when }: Bottleneck): string {
  const much = `${formatPercent(share)} of the run`;
  return isChronic ? much : `${much}, ${formatMs(when.fromMs)} – ${formatMs(when.toMs)}`;
}
