import { scaledPhase } from '../../src/explore/cut-work.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { applySet } from '../../src/pipeline/edit.ts';
import { gallery } from '../../src/scenarios/index.ts';

/** A change to be made in thought and in fact: half of one stage's work is taken away, or a knob is turned. */
export interface WhatIfCase {
  title: string;
  kind: 'synthetic' | 'code';
  /** Pointer → value, as in `variants`. */
  change: { halved: string } | { set: Readonly<Record<string, unknown>> };
  document: PipelineDocument;
  /** With the change really made. */
  changed: PipelineDocument;
}

/** Shipped documents and the stage whose work is halved: one that pays, one that does not, waits and CPU. */
const shipped: readonly [id: string, stage: string, set?: Partial<PipelineDocument['machine']>][] =
  [
    ['two-workers', 'work', { workers: 2 }],
    ['back-pressure', 'slow'],
    ['back-pressure', 'fast'],
    ['batching', 'insert'],
    ['fork-join', 'long'],
    ['nested-limits', 'call'],
    ['overload', 'handle'],
  ];

export async function whatIfCases(): Promise<WhatIfCase[]> {
  const cases: WhatIfCase[] = [];
  for (const [id, stage, machine] of shipped) {
    const loaded = await shippedDocument(id);
    const document = { ...loaded, machine: { ...loaded.machine, ...machine } };
    const changed = {
      ...document,
      stages: document.stages.map((one) =>
        one.id === stage && one.work.kind === 'synthetic'
          ? {
              ...one,
              work: { ...one.work, phases: one.work.phases.map((p) => scaledPhase(p, 0.5)) },
            }
          : one,
      ),
    };
    const title = `${document.name}: half of ${stage}`;
    cases.push({ title, kind: 'synthetic', change: { halved: stage }, document, changed });
  }
  for (const [title, stage, make] of code) {
    const [document, changed] = [make(1), make(0.5)];
    cases.push({
      title: `${title}: half of ${stage}`,
      kind: 'code',
      change: { halved: stage },
      document,
      changed,
    });
  }
  for (const [id, machine, set] of turned) {
    const loaded = await shippedDocument(id);
    const document = { ...loaded, machine: { ...loaded.machine, ...machine } };
    cases.push(turnedCase(`${document.name}: ${wordsOf(set)}`, 'synthetic', document, set));
  }
  for (const [title, document, set] of turnedCode) {
    cases.push(turnedCase(`${title}: ${wordsOf(set)}`, 'code', document, set));
  }
  return cases;
}

async function shippedDocument(id: string): Promise<PipelineDocument> {
  const entry = gallery.find((one) => one.id === id);
  if (!entry) throw new Error(`The gallery has no "${id}".`);
  const { variants: _v, sweep: _s, lesson: _l, ...document } = await entry.load();
  return document;
}

type Sets = Readonly<Record<string, unknown>>;

/** "workers 4". */
const wordsOf = (set: Sets): string =>
  Object.entries(set)
    .map(([pointer, value]) => `${pointer.split('/').at(-1)} ${String(value)}`)
    .join(', ');

function turnedCase(
  title: string,
  kind: WhatIfCase['kind'],
  document: PipelineDocument,
  set: Sets,
): WhatIfCase {
  const changed = applySet(document, set);
  if (!changed.ok) throw new Error(changed.error);
  return { title, kind, change: { set }, document, changed: changed.value };
}

/** Hashes a text again and again: all of it work that half as many rounds halve. */
const hashing = (rounds: number): string => `
export default ({ index }) => {
  let hash = index + 1;
  for (let round = 0; round < ${rounds} * (1 + (index % 5)); round++) {
    for (let i = 0; i < 1000; i++) hash = (Math.imul(hash ^ (i + 1), 16777619) + round) | 0;
  }
  return { index, hash };
};`;

/** Waits for an answer, then works on it. */
const asking = (share: number): string => `
export default async (item, ctx) => {
  await ctx.wait(${12 * share});
  let hash = item.hash;
  for (let i = 0; i < ${Math.round(400_000 * share)}; i++) hash = Math.imul(hash ^ (i + 1), 16777619) | 0;
  return { ...item, answer: hash };
};`;

/** Twelve items of either stage make some 5 ms of work each; the first stage has the one permit that binds. */
const twoOfCode = (rounds: number, share: number, permits: number | null): PipelineDocument => ({
  format: 'millrace/1',
  source: { kind: 'count', count: 120 },
  stages: [
    { id: 'hash', permits, work: { kind: 'code', source: hashing(rounds) } },
    { id: 'ask', after: ['hash'], work: { kind: 'code', source: asking(share) } },
  ],
  machine: { workers: 2 },
});

const code: readonly [title: string, stage: string, make: (share: number) => PipelineDocument][] = [
  ['Code that hashes, one permit', 'hash', (share) => twoOfCode(3000 * share, 0.25, 1)],
  ['Code that waits and works', 'ask', (share) => twoOfCode(500, share, null)],
];

type Machine = Partial<PipelineDocument['machine']>;

/** Shipped documents and a knob that is turned: up and down, past the cores, one that pays and one that does not. */
const turned: readonly [id: string, machine: Machine, set: Sets][] = [
  ['two-workers', { workers: 2 }, { '/machine/workers': 1 }],
  ['two-workers', { workers: 2 }, { '/machine/workers': 4 }],
  ['nested-limits', {}, { '/machine/inFlight': 20 }],
  ['back-pressure', {}, { '/stages/slow/permits': 2 }],
];

const turnedCode: readonly [title: string, document: PipelineDocument, set: Sets][] = [
  ['Code that hashes', twoOfCode(3000, 0.25, null), { '/machine/workers': 1 }],
  ['Code that hashes', twoOfCode(3000, 0.25, null), { '/machine/workers': 4 }],
  ['Code that hashes, one permit', twoOfCode(3000, 0.25, 1), { '/stages/hash/permits': 2 }],
  ['Code that waits and works', twoOfCode(500, 1, null), { '/machine/workers': 4 }],
  ['Short code', twoOfCode(60, 0, null), { '/machine/workers': 4 }],
];
