import { words, type Word } from '../parts/words.ts';
import { whyTerms } from '../why/terms.ts';

export interface GlossaryEntry {
  term: string;
  group: string;
  /** For a student, without the term before it. */
  text: string;
}

/** The terms of the field, as a student would look for them; the knobs explain the rest where it stands. */
const terms: Readonly<Record<string, Readonly<Partial<Record<Word, string>>>>> = {
  'The pipeline': {
    stage: 'Stage',
    item: 'Item',
    task: 'Task',
    source: 'Source',
    arrivals: 'Arrivals',
    join: 'Join',
    expand: 'Outputs per item',
    batchSize: 'Batch',
    linger: 'Linger',
    work: 'Work of a stage',
    seed: 'Seed',
  },
  Concurrency: {
    workers: 'Worker',
    cores: 'Core',
    tasksPerWorker: 'Tasks at once',
    permits: 'Permit',
    semaphore: 'Semaphore',
    limits: 'Shared limit',
    inFlight: 'In flight',
    order: 'Order',
    priority: 'Priority',
    routing: 'Routing',
    warm: 'Warm workers',
  },
  'Buffer and back pressure': {
    buffer: 'Buffer',
    capacity: 'Capacity',
    queue: 'Queue',
    backPressure: 'Back pressure',
    blocked: 'Blocked',
    whenFull: 'When full',
    memory: 'Memory budget',
  },
  'Failure and cache': {
    timeout: 'Timeout',
    attempts: 'Attempts',
    backoff: 'Backoff',
    factor: 'Exponential backoff',
    jitter: 'Jitter',
    cache: 'Cache',
    hit: 'Hit',
    ttl: 'Time to live',
    cachePolicy: 'Cache policy',
  },
  'Time and speed': {
    schedule: 'Schedule',
    makespan: 'Makespan',
    throughput: 'Throughput',
    latency: 'Latency',
    utilization: 'Utilisation',
    bound: 'Bound',
    criticalPath: 'Critical path',
    speedup: 'Speedup',
    efficiency: 'Efficiency',
    scaling: 'Scaling',
    amdahl: 'Amdahl’s law',
    usl: 'Universal scalability law',
    serialShare: 'Serial share',
    interval: '95 % interval',
    virtualSpeedup: 'Virtual speedup',
    replayed: 'Replay of a run',
    injectedDelays: 'Check by delays',
    oneStep: 'One more, one less',
    ratio: 'Times as fast',
    verdict: 'Verdict',
    sweep: 'Sweep',
    front: 'Trade-off front',
    predictionError: 'Prediction error',
    errorCauses: 'Residual of a prediction',
    calibration: 'Calibration',
    idealMachine: 'Ideal machine',
    thisBrowser: 'This browser',
    digest: 'Digest',
    target: 'Target',
    stretch: 'Stretch target',
    atWork: 'Time at work',
    baseline: 'Baseline',
    regression: 'Regression',
    tuner: 'Tuning',
    leftOut: 'Leaving one out',
  },
};

export const glossary: readonly GlossaryEntry[] = [
  ...Object.entries(terms).flatMap(([group, of]) =>
    Object.entries(of).map(([word, term]) => ({
      term,
      group,
      text: withoutTerm(words[word as Word], term),
    })),
  ),
  ...Object.values(whyTerms).map(([term, text]) => ({ term, group: 'Time and speed', text })),
];

/** Many explanations begin with what they explain, as a bubble has to. */
function withoutTerm(text: string, term: string): string {
  const [before] = text.split(': ', 1);
  const isTerm = before!.length < 30 && before!.toLowerCase().includes(term.toLowerCase());
  const rest = isTerm ? text.slice(before!.length + 2) : text;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
