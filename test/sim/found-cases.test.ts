import { expect, test } from 'vitest';
import { judge } from './laws.ts';
import { readCase } from './print-case.ts';

/** Cases that broke a law once, among hundreds of thousands that did not: too rare to be drawn every time. */
const found: [what: string, text: string][] = [
  [
    'lifo: letting a blocked producer go, in the middle of a start, keeps the order',
    '{"document":{"format":"millrace/1","seed":0,"source":{"kind":"count","count":3,"arrivals":{"kind":"poisson","rate":500}},"stages":[{"id":"s0","work":{"kind":"synthetic","phases":[]}},{"id":"s1","after":["s0"],"work":{"kind":"synthetic","phases":[]},"buffer":{"capacity":0,"whenFull":"throttle"}},{"id":"s2","work":{"kind":"synthetic","phases":[]}}],"limits":{"api":1,"gpu":3},"machine":{"workers":1,"order":"lifo"}},"cores":1,"overheads":{"startWorkerMs":3,"startTaskMs":1,"perByteMs":0.01},"faults":{"tasks":{"hang":0.1,"killAfterMs":7}}}',
  ],
  [
    'a batch that is blocked, and what failed in it tried again in no time, are told apart',
    '{"document":{"format":"millrace/1","seed":0,"source":{"kind":"count","count":7},"stages":[{"id":"s0","work":{"kind":"synthetic","phases":[]},"setup":{"phases":[{"cpu":1}],"when":"worker"},"batch":{"size":3,"linger":0},"retry":{"attempts":2,"backoff":0,"factor":1,"jitter":0}},{"id":"s1","after":["s0"],"work":{"kind":"synthetic","phases":[{"cpu":1}]}},{"id":"s2","after":["s0","s1"],"join":"each","work":{"kind":"synthetic","phases":[]},"buffer":{"capacity":3,"whenFull":"throttle"}}],"limits":{"api":1,"gpu":3},"machine":{"workers":2,"tasksPerWorker":2,"warm":0,"order":"critical-path"}},"cores":1,"overheads":{"startWorkerMs":2,"startTaskMs":0,"perByteMs":0},"faults":{"seed":965,"tasks":{"hang":0.3,"killAfterMs":7,"error":0.4,"itemError":0.4},"source":{"lateMs":3}}}',
  ],
  [
    'an item whose worker died as it began, in a batch, is in the stage from before that on',
    '{"document":{"format":"millrace/1","seed":734,"source":{"kind":"count","count":11},"stages":[{"id":"s0","work":{"kind":"synthetic","phases":[]},"setup":{"phases":[{"cpu":1}],"when":"task"}},{"id":"s1","after":["s0"],"work":{"kind":"synthetic","phases":[]}},{"id":"s2","after":["s0","s1"],"work":{"kind":"synthetic","phases":[]}},{"id":"s3","work":{"kind":"synthetic","phases":[{"cpu":{"exponential":2}},{"wait":5,"per":"task"}]},"uses":{"api":1,"gpu":1},"batch":{"size":3,"linger":0},"timeout":5,"retry":{"attempts":3,"backoff":1,"factor":1,"jitter":0.5}}],"limits":{"api":1,"gpu":3},"machine":{"workers":2,"tasksPerWorker":2,"inFlight":3}},"cores":1,"overheads":{"startWorkerMs":0,"startTaskMs":0,"perByteMs":0},"faults":{"seed":592,"workers":{"death":0.4,"withinMs":4},"tasks":{"killAfterMs":7}}}',
  ],
  [
    'batch: an older item that is dropped at the very instant its linger is over leaves nobody behind',
    '{"document":{"format":"millrace/1","seed":3,"source":{"kind":"service","service":{"pageSize":3,"latency":{"exponential":4},"rate":null,"failure":0,"items":7},"arrivals":{"kind":"uniform","rate":500}},"stages":[{"id":"s0","work":{"kind":"synthetic","phases":[]},"setup":{"phases":[{"wait":1},{"cpu":1}],"when":"task"}},{"id":"s1","work":{"kind":"synthetic","phases":[{"wait":{"empirical":[1,4]},"per":"task"}],"key":{"zipf":{"keys":4,"exponent":1}}},"setup":{"phases":[{"cpu":1}],"when":"start"},"batch":{"size":3,"linger":2},"buffer":{"capacity":1,"whenFull":"drop-oldest"},"timeout":2,"retry":{"attempts":3,"backoff":0,"factor":1,"jitter":0},"cache":{"ttl":1000,"version":"1"}}],"limits":{"api":1,"gpu":3},"machine":{"workers":2,"tasksPerWorker":2,"warm":1,"routing":"random"}},"cores":1,"overheads":{"startWorkerMs":0,"startTaskMs":0,"perByteMs":0},"faults":null}',
  ],
  [
    'priority: a task of no length gives its limits back when the worker is gone already',
    '{"document":{"format":"millrace/1","seed":207,"source":{"kind":"count","count":8,"arrivals":{"kind":"bursts","rate":500,"size":3}},"stages":[{"id":"s0","work":{"kind":"synthetic","phases":[],"expand":1.5},"uses":{"api":1,"gpu":1},"priority":1},{"id":"s1","after":["s0"],"work":{"kind":"synthetic","phases":[{"cpu":{"perItem":[3,0,1]}}]},"setup":{"phases":[{"wait":1},{"cpu":1}],"when":"task"},"uses":{"gpu":2},"buffer":{"capacity":3,"whenFull":"throttle"}},{"id":"s2","after":["s0","s1"],"work":{"kind":"synthetic","phases":[]},"setup":{"phases":[{"cpu":1}],"when":"task"},"cache":{"ttl":1000,"version":"1"}},{"id":"s3","work":{"kind":"synthetic","phases":[{"cpu":{"lognormal":{"mean":2,"cv":1}}}]},"setup":{"phases":[{"wait":1},{"cpu":1}],"when":"task"},"uses":{"api":1,"gpu":1},"buffer":{"capacity":1,"whenFull":"drop-newest"},"priority":1,"timeout":2,"retry":{"attempts":2,"backoff":1,"factor":1,"jitter":0}}],"limits":{"api":1,"gpu":3},"machine":{"workers":3,"order":"priority","routing":"round-robin"}},"cores":3,"overheads":{"startWorkerMs":0,"startTaskMs":0,"perByteMs":0},"faults":{"seed":1,"tasks":{"killAfterMs":7},"cache":{"lateMs":4}}}',
  ],
  [
    'two choices: a formed batch that loses who cannot start at once goes on as what is left of it',
    '{"document":{"format":"millrace/1","seed":495,"source":{"kind":"count","count":4},"stages":[{"id":"s0","work":{"kind":"synthetic","phases":[{"wait":{"exponential":2},"per":"task"}],"expand":3},"setup":{"phases":[{"cpu":1}],"when":"task"},"uses":{"api":1,"gpu":1}},{"id":"s1","after":["s0"],"work":{"kind":"synthetic","phases":[{"wait":1}]},"setup":{"phases":[{"wait":1},{"cpu":1}],"when":"task"},"batch":{"size":3,"linger":2},"buffer":{"capacity":0,"whenFull":"drop-oldest"},"timeout":2,"retry":{"attempts":2,"backoff":4,"factor":1,"jitter":0.5}}],"limits":{"api":1,"gpu":3},"cache":{"maxSize":1000000,"policy":"lru"},"machine":{"workers":1,"tasksPerWorker":2,"routing":"two-choices"}},"cores":1,"overheads":{"startWorkerMs":0,"startTaskMs":0,"perByteMs":0},"faults":null}',
  ],
];

test.each(found)('%s', (_, text) => {
  expect(judge(readCase(text)).trace.meta.ended).not.toBe('stalled');
});
