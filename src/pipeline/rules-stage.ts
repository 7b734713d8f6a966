/** Rules within one stage, and between it and the shared limits. */
import { suggest } from '../base/suggest.ts';
import { phasesOf } from './phases.ts';
import { at, type Findings } from './rules.ts';
import type { Draw, PipelineDocument, StageDocument } from './types.ts';

export function checkStages(document: PipelineDocument, findings: Findings): void {
  for (const stage of document.stages) {
    checkJoin(stage, findings);
    checkBatch(stage, document, findings);
    checkUses(stage, document, findings);
    checkDraws(stage, findings);
    checkHabits(stage, document, findings);
  }
}

function batches(stage: StageDocument): boolean {
  return (stage.batch?.size ?? 1) > 1;
}

function checkJoin(stage: StageDocument, findings: Findings): void {
  const join = stage.join ?? 'zip';
  if ((join === 'all' || join === 'fold') && batches(stage)) {
    const takes =
      join === 'all' ? 'takes everything in one task already' : 'takes one item at a time';
    findings.error(
      at(stage, 'batch', 'size'),
      `is ${stage.batch!.size!}: a stage with join "${join}" ${takes}; use 1`,
    );
  }
  if (join === 'fold' && stage.cache) {
    findings.error(
      at(stage, 'cache'),
      'is set: a fold depends on all items before, so no step can be looked up; use null',
    );
  }
}

function checkBatch(stage: StageDocument, document: PipelineDocument, findings: Findings): void {
  const size = stage.batch?.size ?? 1;
  const linger = stage.batch?.linger === undefined ? 0 : stage.batch.linger;
  if (size === 1) {
    if (linger === null) {
      findings.warn(
        at(stage, 'batch', 'linger'),
        'has no effect: with a batch size of 1 nothing is waited for',
      );
    } else if (linger > 0) {
      findings.error(
        at(stage, 'batch', 'linger'),
        `is ${linger}, but a batch of 1 is full at once and waits for nothing; use 0, or a batch size of 2 or more`,
      );
    }
    return;
  }
  const capacity = stage.buffer?.capacity ?? Infinity;
  // A buffer that grows has room for any batch.
  if (size > capacity && stage.buffer?.whenFull !== 'grow') {
    const path = at(stage, 'batch', 'size');
    if (linger === null) {
      findings.error(
        path,
        `is ${size}, but the buffer has room for ${capacity}: the batch would never fill; use a size of ${Math.max(1, capacity)} or less, a larger buffer, or a linger time`,
      );
    } else {
      findings.warn(
        path,
        `is ${size}, but the buffer has room for ${capacity}: no batch gets larger than that`,
      );
    }
  }
  const inFlight = document.machine?.inFlight ?? Infinity;
  if (linger === null && size > inFlight) {
    findings.warn(
      at(stage, 'batch', 'size'),
      `is ${size}, but machine.inFlight lets only ${inFlight} items in at once: the batch may never fill`,
    );
  }
}

function checkUses(stage: StageDocument, document: PipelineDocument, findings: Findings): void {
  const limits = document.limits ?? {};
  for (const [name, weight] of Object.entries(stage.uses ?? {})) {
    const path = at(stage, 'uses', name);
    if (!Object.hasOwn(limits, name)) {
      const nearest = suggest(name, Object.keys(limits));
      const hint =
        nearest !== null ? `did you mean "${nearest}"?` : `give it a capacity under limits`;
      findings.error(path, `is unknown: there is no limit "${name}": ${hint}`);
    } else if (weight > limits[name]!) {
      findings.error(
        path,
        `is ${weight}, but limits.${name} has a capacity of ${limits[name]!}: no task could ever start; use ${limits[name]!} or less`,
      );
    }
  }
}

function checkDraws(stage: StageDocument, findings: Findings): void {
  const checkUniform = (draw: Draw | undefined, path: (string | number)[]): void => {
    if (typeof draw !== 'object' || !('uniform' in draw)) return;
    const [from, to] = draw.uniform;
    if (from > to) {
      findings.error(
        at(stage, ...path, 'uniform'),
        `is [${from}, ${to}]: write the smaller first, [${to}, ${from}]`,
      );
    }
  };
  const { work } = stage;
  const cost = work.kind === 'code' ? work.model : work;
  const where = work.kind === 'code' ? ['work', 'model'] : ['work'];
  for (const { phase, index, field } of phasesOf(cost?.phases)) {
    checkUniform(phase, [...where, 'phases', index, field]);
  }
  for (const { phase, index, field } of phasesOf(stage.setup?.phases)) {
    checkUniform(phase, ['setup', 'phases', index, field]);
  }
  checkUniform(cost?.output, [...where, 'output']);
  checkUniform(cost?.expand, [...where, 'expand']);
}

/** Legal, but hardly meant. */
function checkHabits(stage: StageDocument, document: PipelineDocument, findings: Findings): void {
  const { work, retry } = stage;
  if (stage.cache && stage.join !== 'fold' && work.kind === 'synthetic' && !work.key) {
    findings.warn(
      at(stage, 'cache'),
      'never hits when simulated: work.key says nothing of what is looked up',
    );
  }
  const output = work.kind === 'code' ? 0 : work.output;
  if (stage.cache && typeof output === 'number' && output > (document.cache?.maxSize ?? Infinity)) {
    findings.warn(at(stage, 'cache'), 'keeps nothing: work.output is more than cache.maxSize');
  }
  const { capacity, whenFull = 'throttle' } = stage.buffer ?? {};
  if (stage.cache && capacity === 0 && whenFull === 'throttle') {
    findings.warn(
      at(stage, 'cache'),
      'is never asked: with buffer.capacity 0 no item waits for it; use 1',
    );
  }
  if ((retry?.backoff ?? 0) > 0 && (retry?.attempts ?? 1) === 1) {
    findings.warn(
      at(stage, 'retry', 'backoff'),
      'has no effect: retry.attempts is 1, so nothing is tried again',
    );
  }
  if (whenFull !== 'throttle' && (capacity ?? null) === null) {
    findings.warn(
      at(stage, 'buffer', 'whenFull'),
      'has no effect: an endless buffer is never full; give it a capacity',
    );
  }
}
