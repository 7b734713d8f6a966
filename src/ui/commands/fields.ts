import { escapeSegment } from '../../base/json-pointer.ts';
import type { PipelineDocument, StageDocument } from '../../pipeline/types.ts';

/** A knob of the inspector: what stands beside it, where it is in the document, and in which group. */
export interface Field {
  label: string;
  pointer: string;
  group: string;
  /** Why it is not there just now; absent: it always is. */
  whyOff?: string | undefined;
}
type Row = readonly [label: string, pointer: string, whyOff?: string | false];

const rows = (group: string, fields: readonly Row[]): Field[] =>
  fields.map(([label, pointer, whyOff]) => ({
    label,
    pointer,
    group,
    ...(whyOff && { whyOff }),
  }));

/** Of the machine and of the document as a whole. */
export function machineFields({ machine }: PipelineDocument): Field[] {
  const noBudget = !machine?.memory && 'There is no memory budget yet: set “Budget” first.';
  return [
    ...rows('Workers', [
      ['Workers', '/machine/workers'],
      ['Tasks at once', '/machine/tasksPerWorker'],
      ['Warm workers', '/machine/warm'],
      ['Simulated cores', '/machine/cores'],
    ]),
    ...rows('Scheduling', [
      ['Order', '/machine/order'],
      ['Routing', '/machine/routing'],
      ['In flight', '/machine/inFlight'],
      ['Seed', '/seed'],
    ]),
    ...rows('Memory', [
      ['Budget', '/machine/memory'],
      ['Bytes', '/machine/memory/budget', noBudget],
      ['High water', '/machine/memory/highWater', noBudget],
    ]),
    ...rows('Cache of the document', [
      ['Largest size', '/cache/maxSize'],
      ['Time to live', '/cache/ttl'],
      ['Compress', '/cache/compress'],
      ['Policy', '/cache/policy'],
    ]),
  ];
}

/** Of the document, beside what it describes. */
export function documentFields(): Field[] {
  return [
    ...rows('Document', [
      ['Name', '/name'],
      ['Notes', '/notes'],
      ['Modules', '/modules'],
      ['Lesson', '/lesson'],
    ]),
    ...rows('Targets', [
      ['Target', '/targets/total/target'],
      ['Stretch target', '/targets/total/stretch'],
    ]),
  ];
}

/** Of the source; which there are depends on where items come from. */
export function sourceFields({ source }: PipelineDocument): Field[] {
  const kind = source?.kind ?? 'count';
  const arrivals = source?.arrivals?.kind ?? 'all';
  const only = (wanted: string, words: string) =>
    kind !== wanted && `The items come from elsewhere: set “Items from” to “${words}” first.`;
  const noService = only('service', 'a paged service');
  return rows('Source', [
    ['Items from', '/source/kind'],
    ['Count', '/source/count', only('count', 'a count')],
    ['Corpus', '/source/corpus', only('corpus', 'the shipped corpus')],
    ['Items', '/source/service/items', noService],
    ['Page size', '/source/service/pageSize', noService],
    ['Latency', '/source/service/latency', noService],
    ['Calls a second', '/source/service/rate', noService],
    ['Failure', '/source/service/failure', noService],
    ['Items come', '/source/arrivals'],
    [
      'Rate',
      '/source/arrivals/rate',
      arrivals === 'all' && 'All items come at once: set “Items come” first.',
    ],
    [
      'Burst size',
      '/source/arrivals/size',
      arrivals !== 'bursts' && 'Items do not come in bursts: set “Items come” first.',
    ],
    ['Item size', '/source/bytes'],
  ]);
}

/** The capacity of each limit that stages share. */
export function limitFields({ limits }: PipelineDocument): Field[] {
  return rows(
    'Shared limits',
    Object.keys(limits ?? {}).map((name) => [name, `/limits/${escapeSegment(name)}`]),
  );
}

/** Of one stage. */
export function stageFields(stage: StageDocument): Field[] {
  const noRetry =
    (stage.retry?.attempts ?? 1) < 2 && 'A failed item is not tried again: set “Attempts” first.';
  const noCache = !stage.cache && 'Its results are not kept: set “Keep results” first.';
  const isCode = stage.work.kind === 'code' && 'It runs code; this is for a synthetic load.';
  const fields = [
    ...rows('Work', [
      ['Id', 'id'],
      ['After', 'after'],
      ['Join', 'join'],
      ['Work', 'work/kind'],
      ['Cost', 'work/model', !isCode && 'It has a synthetic load; this is for code.'],
      ['Output size', 'work/output', isCode],
      ['Failure', 'work/failure', isCode],
      ['Outputs per item', 'work/expand', isCode],
      ['Cache key', 'work/key', isCode],
    ]),
    ...rows('Concurrency', [
      ['Permits', 'permits'],
      ['Shared limits', 'uses'],
      ['Batch size', 'batch/size'],
      ['Linger', 'batch/linger'],
      ['Priority', 'priority'],
    ]),
    ...rows('Buffer and back pressure', [
      ['Capacity', 'buffer/capacity'],
      ['When full', 'buffer/whenFull'],
    ]),
    ...rows('Failure', [
      ['Timeout', 'timeout'],
      ['Attempts', 'retry/attempts'],
      ['Backoff', 'retry/backoff', noRetry],
      ['Factor', 'retry/factor', noRetry],
      ['Jitter', 'retry/jitter', noRetry],
      ['On error', 'onError'],
    ]),
    ...rows('Cache', [
      ['Keep results', 'cache'],
      ['Time to live', 'cache/ttl', noCache],
      ['Version', 'cache/version', noCache],
    ]),
    ...rows('Set-up', [['When', 'setup/when']]),
  ];
  return [
    ...fields.map((field) => ({ ...field, pointer: `/stages/${stage.id}/${field.pointer}` })),
    ...rows('Targets', [
      ['Target', `/targets/stages/${stage.id}/target`],
      ['Stretch target', `/targets/stages/${stage.id}/stretch`],
    ]),
  ];
}
