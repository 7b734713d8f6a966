import type { RunDetails } from 'fast-check';
import { idealOverheads } from '../../src/engine/runner.ts';
import type { Case } from './arbitrary-case.ts';
import { harmless } from '../../src/simulate/fault-plan.ts';

/** What a stage, a machine and a source are when nothing is said; only what differs is printed. */
const stageDefaults = {
  after: [],
  join: 'zip',
  permits: null,
  uses: {},
  batch: { size: 1 },
  buffer: { capacity: null, whenFull: 'throttle' },
  priority: 0,
  timeout: null,
  onError: 'collect',
  cache: null,
};
const workDefaults = { failure: 0, expand: 1, output: 0, key: null };
const machineDefaults = {
  warm: 'all',
  order: 'fifo',
  routing: 'shared-queue',
  tasksPerWorker: 1,
  inFlight: null,
  memory: null,
};
const sourceDefaults = { bytes: 0, arrivals: { kind: 'all' } };

type Plain = Record<string, unknown>;

/** What has no effect is left out whole. */
const isIdle = (name: string, field: unknown): boolean =>
  (name === 'retry' && (field as { attempts?: number }).attempts === 1) ||
  (name === 'setup' && (field as { phases?: unknown[] }).phases?.length === 0);

function without(value: object, defaults: Plain): Plain {
  const kept = Object.entries(value).filter(
    ([name, field]) =>
      JSON.stringify(field) !== JSON.stringify(defaults[name]) && !isIdle(name, field),
  );
  return Object.fromEntries(kept);
}

/** A case as JSON, without what is as it would be anyway: it parses to a case that runs the same. */
export function printCase(found: Case): string {
  const { document, cores, overheads, faults } = found;
  const stages = document.stages.map((stage) => ({
    ...without(stage, stageDefaults),
    ...(stage.work && { work: without(stage.work, workDefaults) }),
  }));
  const machine = without(document.machine ?? {}, machineDefaults);
  const source = without(document.source ?? {}, sourceDefaults);
  const short = { ...document, source, stages, machine };
  const plan =
    faults &&
    Object.fromEntries(
      Object.entries(without(faults, harmless as unknown as Plain)).map(([name, value]) => {
        const usual = harmless[name as keyof typeof harmless];
        const isGroup = typeof usual === 'object' && !Array.isArray(usual);
        return [name, isGroup ? without(value as object, usual as unknown as Plain) : value];
      }),
    );
  return JSON.stringify({ document: short, cores, overheads, faults: plan });
}

/** What `printCase` printed: a case again. */
export function readCase(text: string): Case {
  const read = JSON.parse(text) as Pick<Case, 'document'> &
    Partial<Omit<Case, 'faults'>> & { faults?: Partial<NonNullable<Case['faults']>> | null };
  const overheads = { ...idealOverheads, ...read.overheads };
  const { faults } = read;
  const plan = faults && {
    ...harmless,
    ...faults,
    workers: { ...harmless.workers, ...faults.workers },
    tasks: { ...harmless.tasks, ...faults.tasks },
    cache: { ...harmless.cache, ...faults.cache },
    source: { ...harmless.source, ...faults.source },
  };
  return { document: read.document, cores: read.cores ?? 2, overheads, faults: plan ?? null };
}

const runLaws = 'npx vitest run --project unit test/sim/laws.test.ts';

/** A line for a shell that judges this one case. */
export function replayCase(found: Case): string {
  return `MILLRACE_CASE='${printCase(found).replaceAll("'", "'\\''")}' ${runLaws}`;
}

/** A failure found by drawing: what broke, the smallest case, and how to run it again. */
export function tellFailure(details: RunDetails<[Case]>): string {
  const smallest = details.counterexample?.[0];
  return [
    `Seed ${details.seed} failed in run ${details.numRuns}, shrunk ${details.numShrinks} times:`,
    String(details.errorInstance),
    ...(smallest ? ['', 'The smallest case that fails:', '', replayCase(smallest)] : []),
    '',
    'All of it again:',
    '',
    `MILLRACE_SEED=${details.seed} MILLRACE_RUNS=${details.numRuns} ${runLaws}`,
  ].join('\n');
}
