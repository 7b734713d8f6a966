/**
 * The pipeline document, `millrace/1`: everything the user can set, as plain JSON.
 *
 * Times are milliseconds, sizes are bytes, rates are items per second. Field names are a public
 * interface: links and files in the wild depend on them.
 *
 * `PipelineDocument` is what people write (nearly every field optional).
 * `Pipeline` is the same with every default filled in; it is what every other room reads.
 */

/** A duration in ms (or a size, where a field says so): fixed, or drawn afresh for each task. */
export type Draw =
  | number
  | { uniform: [number, number] }
  | { exponential: number }
  | { lognormal: { mean: number; cv: number } }
  | { pareto: { mean: number; alpha: number } }
  /** Drawn from these, with replacement. */
  | { empirical: number[] }
  /** Item i takes entry i, cyclic: recorded or published durations. */
  | { perItem: number[] };

/** One step of a synthetic task: it waits (other tasks may use the thread) or it burns CPU. */
export type Phase = ({ wait: Draw } | { cpu: Draw }) & {
  /** "task": drawn once a task, by its first item. "item": summed over the batch. */
  per?: 'task' | 'item';
};

/** What a code stage costs, filled in from a measured run, so that it can be predicted. */
export interface Model {
  phases: Phase[];
  /** What each worker pays once, because the code is compiled while it runs first, ms. Default 0. */
  cold?: number;
  /** Bytes of one output. */
  output?: Draw;
  /** Chance that one attempt fails, 0 … 1. */
  failure?: number;
  /** Outputs an item: 1 passes one on, 0 ends it, k makes k children. */
  expand?: Draw;
}

export interface CodeWork {
  kind: 'code';
  /** An ES module (TypeScript types allowed) with a default export. */
  source: string;
  model?: Model | null;
}

/** What a synthetic stage's cache look-up asks for. */
export type KeyDraw = { perItem: number[] } | { zipf: { keys: number; exponent: number } };

export interface SyntheticWork {
  kind: 'synthetic';
  phases: Phase[];
  output?: Draw;
  failure?: number;
  expand?: Draw;
  key?: KeyDraw | null;
}

export type Arrivals =
  | { kind: 'all' }
  | { kind: 'uniform'; rate: number }
  | { kind: 'poisson'; rate: number }
  | { kind: 'bursts'; rate: number; size: number };

/** The seeded, local, paged and rate-limited service a source or a stage can page through. */
export interface ServiceSettings {
  items: number;
  pageSize: number;
  /** ms a call. */
  latency: Draw;
  /** Calls a second; null: unlimited. */
  rate: number | null;
  /** Chance that a call fails. */
  failure: number;
}

export type SourceKind = 'count' | 'values' | 'code' | 'corpus' | 'files' | 'service';

interface SourceCommon {
  /** Declared size of one item in bytes, when it cannot be measured. */
  bytes?: number;
  arrivals?: Arrivals;
}
export type SourceDocument = SourceCommon &
  (
    | { kind: 'count'; count: number }
    | { kind: 'values'; values: unknown[] }
    | { kind: 'code'; code: string }
    | { kind: 'corpus'; corpus: string }
    | { kind: 'files'; files: Record<string, never> }
    | { kind: 'service'; service: Partial<ServiceSettings> }
  );

export type Join = 'zip' | 'each' | 'all' | 'fold';
export type WhenFull = 'throttle' | 'drop-newest' | 'drop-oldest' | 'grow';
export type SetupWhen = 'task' | 'worker' | 'start';
export type OnError = 'collect' | 'stop';
export type Routing =
  | 'shared-queue'
  | 'round-robin'
  | 'random'
  | 'least-loaded'
  | 'least-loaded-scan'
  | 'two-choices'
  | 'affinity';
export type Order =
  'fifo' | 'lifo' | 'priority' | 'shortest' | 'critical-path' | 'downstream-first';

export interface StageDocument {
  id: string;
  name?: string;
  after?: string[];
  join?: Join;
  work: CodeWork | SyntheticWork;
  setup?: { phases?: Phase[]; when?: SetupWhen };
  permits?: number | null;
  uses?: Record<string, number>;
  batch?: { size?: number; linger?: number | null };
  buffer?: { capacity?: number | null; whenFull?: WhenFull };
  priority?: number;
  timeout?: number | null;
  retry?: { attempts?: number; backoff?: number; factor?: number; jitter?: number };
  onError?: OnError;
  cache?: { ttl?: number | null; version?: string } | null;
}

export interface MachineDocument {
  cores?: number | null;
  workers?: number | 'cores';
  tasksPerWorker?: number;
  warm?: number | 'all';
  routing?: Routing;
  order?: Order;
  inFlight?: number | null;
  memory?: { budget: number; highWater?: number } | null;
}

export interface CacheDocument {
  maxSize?: number;
  ttl?: number | null;
  compress?: boolean;
  policy?: 'lru' | 'fifo' | 'lfu' | 'lru-buckets' | 'w-tinylfu';
}

export interface Target {
  target?: number;
  stretch?: number;
}

export interface Variant {
  name: string;
  /** JSON Pointer (stages by id) → value. */
  set: Record<string, unknown>;
}

/** How a guess is graded: by a number of the step's run, so that the right answer is found, never written down. */
export interface LessonGrade {
  /**
   * A place in what is known of a run, such as "makespan" or "stages/call/queue/max"; or two of them divided,
   * "items/delivered ÷ items/emitted".
   */
  quantity: string;
  /** Divided by the same of the run of another step, given by its title. */
  against?: string;
  /** What divides the answers, in their order (n − 1 for n answers), all rising or all falling; one alone rises. */
  limits?: number[];
  /** Where there are no answers to choose from: how far off a guessed number may be, as a share. */
  within?: number;
  /** The step is predicted, also where it could be run live. */
  machine?: 'simulated';
}

export interface LessonStep {
  title: string;
  /** Markdown. */
  text: string;
  /** Applied to the lesson's document when the step is entered: each step's by itself. */
  set?: Record<string, unknown>;
  ask?: string;
  answers?: string[];
  grade?: LessonGrade;
  /** Markdown: the reason, shown with what the run came to. */
  why?: string;
  /** Where the reason shows: see `lesson-charts.ts`. */
  show?: string;
}

export interface PipelineDocument {
  format: 'millrace/1';
  name?: string;
  notes?: string;
  seed?: number;
  source?: SourceDocument;
  stages: StageDocument[];
  modules?: Record<string, string>;
  limits?: Record<string, number>;
  machine?: MachineDocument;
  cache?: CacheDocument;
  targets?: { total?: Target; stages?: Record<string, Target> };
  variants?: Variant[];
  sweep?: Record<string, unknown[]>;
  lesson?: LessonStep[];
}

// ── the same, with every default filled in ────────────────────────────────────────────────────

export interface Stage {
  id: string;
  /** Falls back to the id. */
  name: string;
  after: string[];
  join: Join;
  work: CodeWork | SyntheticWork;
  setup: { phases: Phase[]; when: SetupWhen };
  permits: number | null;
  uses: Record<string, number>;
  batch: { size: number; linger: number | null };
  buffer: { capacity: number | null; whenFull: WhenFull };
  priority: number;
  timeout: number | null;
  retry: { attempts: number; backoff: number; factor: number; jitter: number };
  onError: OnError;
  cache: { ttl: number | null; version: string } | null;
}

export type Source = { bytes: number; arrivals: Arrivals } & (
  | { kind: 'count'; count: number }
  | { kind: 'values'; values: unknown[] }
  | { kind: 'code'; code: string }
  | { kind: 'corpus'; corpus: string }
  | { kind: 'files'; files: Record<string, never> }
  | { kind: 'service'; service: ServiceSettings }
);

export interface MachineSettings {
  cores: number | null;
  workers: number | 'cores';
  tasksPerWorker: number;
  warm: number | 'all';
  routing: Routing;
  order: Order;
  inFlight: number | null;
  memory: { budget: number; highWater: number } | null;
}

export interface Pipeline {
  format: 'millrace/1';
  name: string;
  notes: string;
  seed: number;
  source: Source;
  stages: Stage[];
  modules: Record<string, string>;
  limits: Record<string, number>;
  machine: MachineSettings;
  cache: Required<CacheDocument>;
  targets: { total: Target; stages: Record<string, Target> };
  variants: Variant[];
  sweep: Record<string, unknown[]>;
  lesson: LessonStep[];
}

/** One thing wrong with a document (or worth a warning), in words a person can act on. */
export interface Problem {
  severity: 'error' | 'warning';
  /** JSON Pointer to the field, stages addressed by id ("/stages/resize/permits"); "" is the whole document. */
  pointer: string;
  /** Stage id where it belongs to one. */
  stage?: string;
  /** One sentence: what is wrong, where, and the nearest valid choice. */
  message: string;
  /** Place in the text, 1-based, where the text is no JSON at all. */
  line?: number;
  column?: number;
}
