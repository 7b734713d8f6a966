/** The terms of the Why panel, each explained for a student. */
export const whyTerms = {
  bottleneck: [
    'Bottleneck',
    'What the run waits for. More of anything else changes nothing; more of this moves the bottleneck to the next one.',
  ],
  rootCause: [
    'Root cause',
    'Whoever waits is followed to what it waits for: a full buffer to its stage, a blocked task to the buffer after it. The root cause is what waits for nothing else: the first busy stage behind those that are held back.',
  ],
  chronic: [
    'Chronic or passing',
    'A bottleneck is chronic if it was in force for half of the run or more; else it passes, as at the start, at the end, or in a burst.',
  ],
  recovering: [
    'Recovering',
    'A queue that gets shorter while items still come recovers by itself; one that grows or stays full does not: its stage is too slow for what comes.',
  ],
  ownWait: [
    'Own waiting time',
    'Time that tasks (at the source: items) waited for this alone, summed. What they waited for something inside it is counted there, once.',
  ],
  predictedGain: [
    'Predicted gain',
    'After a run a suggestion is predicted as What if does: the run is replayed, each item with its own service times, and only the one setting is another, so both show the same figure. Before any run, and for what the replay sets no other (order, routing, lingering, memory budget, warm workers), the document is simulated, and it says so.',
  ],
  alone: [
    'Held back alone',
    'Share of the run in which this was the one thing that held the run back. Only that much can be gained by giving more of it.',
  ],
  pathTime: [
    'Time on the critical path',
    'The whole makespan, split by the stage whose step took it and by what that step had to wait for before.',
  ],
} as const satisfies Record<string, readonly [term: string, text: string]>;

/** As a bubble shows it. */
export const explained = (term: keyof typeof whyTerms): string => whyTerms[term].join(': ');
