/**
 * The largest documents that are taken: input from outside is hostile, and no honest pipeline comes
 * near. Every refusal names its ceiling. Raising one breaks no document.
 */
export const ceilings = {
  documentBytes: 4 * 1024 * 1024,
  /** Brackets inside brackets: programs that read JSON by recursion overflow at some thousands. */
  nesting: 200,
  /** Recorded workflows of 1,300 tasks are published and imported, a stage a task. */
  stages: 2000,
  /** Parents of all stages together. */
  connections: 20_000,
  /** Items a source brings. */
  items: 10_000_000,
  /** Items that all stages of a run take in, together: each takes about 100 bytes of its record. */
  tasks: 20_000_000,
  /** Literal items, and entries of a list that durations are drawn from. */
  values: 1_000_000,
  /** Stages, limits, modules and names are shown whole. */
  nameLetters: 200,
  phases: 100,
  limits: 1000,
  modules: 200,
  variants: 100,
  sweepPoints: 10_000,
  lessonSteps: 200,
  answers: 20,
  /** About 31 years. */
  timeMs: 1e12,
  bytes: 2 ** 50,
  ratePerSecond: 10_000_000,
  permits: 1_000_000,
  batchSize: 1_000_000,
  capacity: 10_000_000,
  /** Outputs of one item. */
  expand: 1_000_000,
  attempts: 1000,
  cores: 1024,
  workers: 1024,
  tasksPerWorker: 10_000,
  zipfKeys: 1_000_000,
  /** Problems listed at once. */
  problems: 100,
} as const;
