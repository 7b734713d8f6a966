import type { DispatchTrick } from '../../../src/engine/runner.ts';

/** What is left out, what it is, and at which workloads it shows. */
export const tricks: readonly {
  trick: DispatchTrick;
  says: string;
  workloads: readonly string[];
}[] = [
  {
    trick: 'sending ahead',
    says: 'workers get tasks before they have ended what they run',
    workloads: ['no-op', '100-us', 'pipeline'],
  },
  {
    trick: 'growing lanes',
    says: 'the more there is to do the more they get, up to 50 ms of work; without it 3 ms',
    workloads: ['100-us', '1-ms', 'pipeline'],
  },
  { trick: 'gathering ends', says: 'ends are told many at a time', workloads: ['100-us', 'waits'] },
  {
    trick: 'making inputs',
    says: 'items that are only numbered are made where they are used',
    workloads: ['no-op'],
  },
  {
    trick: 'holding back',
    says: 'no more items of a source come than workers need',
    workloads: ['no-op'],
  },
  {
    trick: 'moving buffers',
    says: 'buffers are moved, not copied, where stage code says so',
    workloads: ['moved'],
  },
  {
    trick: 'cutting messages',
    says: 'from 8 MiB on, what is moved next goes in another message',
    workloads: ['moved'],
  },
  {
    trick: 'practising',
    says: 'what every task goes through has been gone through before the clock starts',
    workloads: ['100-us', 'waits'],
  },
];
export const withAll = 'with all of them';
/** The same while somebody looks on, and is told of it ten times a second. */
export const withOnlooker = 'with an onlooker';
export const onlookerAt: readonly string[] = ['100-us', '1-ms'];
