import type { DispatchTrick } from '../../../src/engine/runner.ts';

/** What is left out, and at which workloads it shows. */
export const tricks: readonly { trick: DispatchTrick; workloads: readonly string[] }[] = [
  { trick: 'sending ahead', workloads: ['no-op', '100-us', 'pipeline'] },
  { trick: 'gathering ends', workloads: ['100-us', 'waits'] },
  { trick: 'making inputs', workloads: ['no-op'] },
  { trick: 'holding back', workloads: ['no-op'] },
  { trick: 'moving buffers', workloads: ['moved'] },
  { trick: 'practising', workloads: ['100-us', 'waits'] },
];
export const withAll = 'with all of them';
