import { describe, expect, test } from 'vitest';
import cluster from '../../src/scenarios/stages/simtask/cluster.ts';
import embed, { setup as practiseEmbed } from '../../src/scenarios/stages/simtask/embed.ts';
import extract, { setup as practiseExtract } from '../../src/scenarios/stages/simtask/extract.ts';
import report from '../../src/scenarios/stages/simtask/report.ts';
import scan from '../../src/scenarios/stages/simtask/scan.ts';
import { corpusFiles, nothing, passedOn, shuffled, stageContext } from './support.ts';

const original = `
export function weightedMean(samples: { value: number; weight: number }[]): number {
  let sum = 0;
  let total = 0;
  for (const sample of samples) {
    if (!Number.isFinite(sample.value)) continue;
    sum += sample.value * sample.weight;
    total += sample.weight;
  }
  return total === 0 ? 0 : sum / total;
}
`;
const renamedCopy = `
const unrelatedBefore = 1;
function averageOf(rows: { value: number; weight: number }[]): number {
  let acc = 0;
  let mass = 0;
  for (const row of rows) {
    // A comment changes nothing.
    if (!Number.isFinite(row.value)) continue;
    acc += row.value * row.weight;
    mass += row.weight;
  }
  return mass === 0 ? 0 : acc / mass;
}
`;
const unrelated = `
export class Stack<T> {
  private items: T[] = [];
  push(item: T): this {
    if (this.items.length >= 1000) throw new RangeError('full');
    this.items = [...this.items, item];
    return this;
  }
  async drain(each: (item: T) => Promise<void>): Promise<void> {
    while (this.items.length > 0) {
      const next = this.items.pop() as T;
      await each(next).catch((error) => console.warn(error.message));
    }
  }
}
`;

interface TextFile {
  path: string;
  text: string;
}

/** What the batches of `extract` pass on; a file that fails breaks the test. */
function extractedOf(files: readonly TextFile[]) {
  return [extract(passedOn(files, scan), stageContext())].flat().flatMap((result) => {
    if (result instanceof Error) throw result;
    return result === (nothing as unknown) ? [] : [result];
  });
}

function run(files: readonly TextFile[]) {
  const extracted = extractedOf(files);
  const lines: string[] = [];
  const clusters = cluster([embed(shuffled(extracted, 7))].flat(), stageContext(lines));
  return { report: report(clusters), lines, extracted };
}

describe('simtask', () => {
  test('finds a renamed copy, with its places, and leaves unrelated functions alone', () => {
    const { report: found } = run([
      { path: 'a/mean.ts', text: original },
      { path: 'b/average.ts', text: renamedCopy },
      { path: 'c/stack.ts', text: unrelated },
    ]);
    expect(found.functions).toBeGreaterThanOrEqual(4);
    expect(found.duplicates).toHaveLength(1);
    const [group] = found.duplicates;
    expect(group?.similarity).toBeCloseTo(1, 5);
    expect(group?.members.map(({ place, name }) => [place, name])).toEqual([
      ['a/mean.ts:2', 'weightedMean'],
      ['b/average.ts:3', 'averageOf'],
    ]);
    expect(group?.spare).toBe(group?.members[0]?.tokens);
    expect(found.text).toContain('`averageOf` b/average.ts:3');
  });

  test('finds planted copies among the real corpus, and says the same in any order', () => {
    const files = corpusFiles('sources').filter((file) => file.path.includes('d3-'));
    expect(files.length).toBeGreaterThan(3);
    const planted = [
      ...files,
      { path: 'a/mean.ts', text: original },
      { path: 'b/average.ts', text: renamedCopy },
    ];
    const { report: found } = run(planted);
    const group = found.duplicates.find(({ members }) =>
      members.some(({ name }) => name === 'weightedMean'),
    );
    expect(group?.members.map(({ name }) => name)).toEqual(['weightedMean', 'averageOf']);
    expect(run(shuffled(planted, 3)).report).toEqual(found);
    expect(run(shuffled(planted, 4)).report).toEqual(found);
  });

  test('does with a file that is alone in its task what it does with a batch', () => {
    const [scanned] = passedOn([{ path: 'c/stack.ts', text: unrelated }], scan);
    const alone = extract(scanned!, stageContext());
    const [batched] = [extract([scanned!], stageContext())].flat();
    expect(alone).toEqual(batched);
    if (alone instanceof Error || Array.isArray(alone)) throw new Error('one file is expected');
    expect([embed(alone)]).toEqual(embed([alone]));
  });

  test('takes no function for a copy of one it is nested in', () => {
    const { report: found } = run([
      { path: 'a.ts', text: `export const outer = () => { return ${original.trim().slice(7)} };` },
    ]);
    expect(found.functions).toBe(2);
    expect(found.duplicates).toEqual([]);
  });

  test('scans out what is no source text and names packages', () => {
    const ctx = stageContext();
    expect(scan({ path: 'README.md', text: '# x' }, ctx)).toBe(nothing);
    expect(scan({ path: 'types/a.d.ts', text: 'x' }, ctx)).toBe(nothing);
    expect(scan({ path: 'a.ts', bytes: new Uint8Array(3) }, ctx)).toBe(nothing);
    expect(scan({ path: 'a/node_modules/@x/y/lib/z.mjs', text: '' }, ctx)).toMatchObject({
      package: '@x/y',
      kind: 'source',
    });
    expect(scan({ path: 'src/engine/plan/a.ts', text: '' }, ctx).package).toBe('src/engine');
    expect(scan({ path: 'test/engine/a.test.ts', text: '' }, ctx).kind).toBe('test');
    expect(scan({ path: 'a.js', text: '' }, ctx).package).toBe('.');
  });

  test('a file that does not parse fails with its name and line', () => {
    const file = { path: 'src/broken.ts', package: 'src', kind: 'source', text: 'let a =\n"x' };
    const good = { ...file, path: 'src/good.ts', text: 'let a = 1;' };
    const [first, second] = [extract([file, good], stageContext())].flat();
    expect((first as Error).message).toMatch(/^src\/broken\.ts:2:\d+: Unterminated/);
    expect(second).toBe(nothing);
  });

  test('every file of the corpus parses, and there is work for seconds', () => {
    const extracted = extractedOf(corpusFiles('sources'));
    const functions = extracted.flatMap((file) => file.functions);
    expect(functions.length).toBeGreaterThan(1500);
  });
});

test('practising before the clock leaves nothing behind', async () => {
  expect(await practiseExtract()).toBeUndefined();
  expect(await practiseEmbed()).toBeUndefined();
});
