/** Rules about the source, the machine, the limits and the targets. */
import { formatCount } from '../base/units.ts';
import { ceilings } from './ceilings.ts';
import type { Findings } from './rules.ts';
import { noStage } from './schema-at.ts';
import type { PipelineDocument } from './types.ts';

/** A failed call is made again: at this, a page takes a hundred calls on average. */
const serviceFailureMax = 0.99;

export function checkSource(document: PipelineDocument, findings: Findings): void {
  const { source } = document;
  if (source?.kind === 'count' && source.count === 0) {
    findings.warn(['source', 'count'], 'is 0: the run has nothing to do');
  }
  if (source?.kind === 'values' && source.values.length === 0) {
    findings.warn(['source', 'values'], 'is an empty list: the run has nothing to do');
  }
  if (source?.kind === 'service') {
    const { latency } = source.service;
    if (
      typeof latency === 'object' &&
      'uniform' in latency &&
      latency.uniform[0] > latency.uniform[1]
    ) {
      const [from, to] = latency.uniform;
      findings.error(
        ['source', 'service', 'latency', 'uniform'],
        `is [${from}, ${to}]: write the smaller first, [${to}, ${from}]`,
      );
    }
    const { failure = 0 } = source.service;
    if (failure > serviceFailureMax) {
      findings.error(
        ['source', 'service', 'failure'],
        `is ${failure}: its pages would hardly ever come; use ${serviceFailureMax} at most`,
      );
    }
    if (source.service.items === 0)
      findings.warn(['source', 'service', 'items'], 'is 0: the run has nothing to do');
  }
}

export function checkMachine(document: PipelineDocument, findings: Findings): void {
  const { warm, workers = 'cores', cores = null } = document.machine ?? {};
  const most = workers === 'cores' ? cores : workers;
  if (typeof warm === 'number' && most !== null && warm > most) {
    findings.error(
      ['machine', 'warm'],
      `is ${warm}, but there ${most === 1 ? 'is only 1 worker' : `are only ${most} workers`}; use ${most} or less, or "all"`,
    );
  }
}

export function checkLimits(document: PipelineDocument, findings: Findings): void {
  const used = new Set(document.stages.flatMap((stage) => Object.keys(stage.uses ?? {})));
  for (const name of Object.keys(document.limits ?? {})) {
    if (!used.has(name)) findings.warn(['limits', name], 'is used by no stage');
  }
}

export function checkTargets(document: PipelineDocument, findings: Findings): void {
  const ids = document.stages.map((stage) => stage.id);
  const known = new Set(ids);
  for (const id of Object.keys(document.targets?.stages ?? {})) {
    if (!known.has(id))
      findings.error(['targets', 'stages', id], `is unknown: ${noStage(id, ids)}`);
  }
}

export function checkSweepSize(document: PipelineDocument, findings: Findings): void {
  const points = Object.values(document.sweep ?? {}).reduce(
    (product, values) => product * values.length,
    1,
  );
  if (points > ceilings.sweepPoints) {
    findings.error(
      ['sweep'],
      `has ${formatCount(points)} combinations: the ceiling is ${formatCount(ceilings.sweepPoints)}; give fewer values`,
    );
  }
}
