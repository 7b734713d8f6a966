import type { Page } from 'playwright';
import { formatBytes, formatCount, formatMs, formatPercent } from '../../src/base/units.ts';
import { textTable } from '../../src/cli/text-table.ts';
import { quantileSorted } from '../../src/measure/distribution.ts';
import { formatSpeedup, pairedSpeedup } from '../../src/measure/speedup.ts';
import { withBenchPage } from './bench-page.ts';
import type { CacheStoreBenchPage, RepeatTimed, Timed } from './cache-store/page.ts';
import { writeFigures } from './write-figures.ts';

const defaultRounds = 15;
const intervalSeed = 1;
/** Of the raw loop's rate, and of look-ups. */
const aims = { ofRaw: 0.8, hits: 0.95 };
const sizes = [
  { name: 'small results', letters: 60, entries: 4000 },
  { name: 'results of 4 kB', letters: 4000, entries: 1500 },
];
const compressedBytes = [2, 8, 16, 32, 128, 1024].map((kilobytes) => kilobytes * 1024);
const scenario = 'simtask';
const [ours, raw, single] = ['millrace', 'one raw transaction', 'idb-keyval, one by one'];

type Measure = 'write' | 'read' | 'stray';
const measures: { measure: Measure; of: (round: Timed) => number; title: string }[] = [
  { measure: 'write', of: ({ writeMs }) => writeMs, title: 'Write' },
  { measure: 'read', of: ({ readMs }) => readMs, title: 'Read in order' },
  { measure: 'stray', of: ({ strayMs }) => strayMs, title: 'Read in no order' },
];

export interface CacheStoreFigures {
  sizes: { name: string; rounds: Record<string, Timed[]> }[];
  compression: { bytes: number; plainMs: number; packedMs: number; share: number }[];
  repeats: RepeatTimed[];
}

/** `cache-store [rounds]`: the result cache's storage against raw IndexedDB, and what a repeated run gains. */
export async function runCacheStoreBench(args: readonly string[]): Promise<void> {
  const rounds = Number(args[0] ?? defaultRounds);
  if (!(rounds >= 1)) throw new Error('cache-store takes a number of rounds, 1 or more.');
  const figures = await withBenchPage('cache-store', 'bench', (page) =>
    measureCacheStore(page, rounds, 1),
  );
  figures.sizes.forEach(saySize);
  sayCompression(figures.compression);
  sayRepeats(figures.repeats);
  writeFigures('cache-store', figures);
}

/** @param part of the entries, for a bench that only has to run. */
export async function measureCacheStore(
  page: Page,
  rounds: number,
  part: number,
): Promise<CacheStoreFigures> {
  const names = await page.evaluate(() => bench().names);
  const figures: CacheStoreFigures = { sizes: [], compression: [], repeats: [] };
  for (const { name: title, letters, entries } of sizes) {
    const found: Record<string, Timed[]> = Object.fromEntries(names.map((name) => [name, []]));
    // One unrecorded round; then another one goes first every round.
    for (let round = -1; round < rounds; round++) {
      for (let at = 0; at < names.length; at++) {
        const name = names[(at + round + names.length) % names.length]!;
        const timed = await page.evaluate(
          ({ name, count, letters }) => bench().run(name, count, letters),
          { name, letters, count: Math.ceil(entries * part) },
        );
        if (round >= 0) found[name]!.push(timed);
      }
      process.stderr.write('.');
    }
    figures.sizes.push({ name: title, rounds: found });
  }
  for (const bytes of compressedBytes) {
    const count = Math.max(2, Math.min(200, Math.ceil((part * 8e6) / bytes)));
    const timed = await page.evaluate(({ count, bytes }) => bench().compress(count, bytes), {
      count,
      bytes,
    });
    figures.compression.push({ bytes, ...timed });
  }
  for (let round = 0; round < Math.max(1, Math.ceil(rounds / 3)); round++) {
    figures.repeats.push(await page.evaluate((id) => bench().repeat(id), scenario));
    process.stderr.write('.');
  }
  process.stderr.write('\n');
  return figures;
}

/** In the page. */
declare function bench(): CacheStoreBenchPage;

const median = (values: readonly number[]): number =>
  quantileSorted(Float64Array.from(values).sort(), 0.5);

function saySize({ name, rounds }: CacheStoreFigures['sizes'][number]): void {
  const first = Object.values(rounds)[0]!;
  console.log(
    `${formatCount(first[0]!.entries)} ${name}, medians of ${first.length} rounds, entries a second:`,
  );
  const rates = (who: string, of: (round: Timed) => number): number[] =>
    rounds[who]!.map((round) => (round.entries * 1000) / of(round));
  const rows = Object.keys(rounds).map((who) => [
    who,
    ...measures.map(({ of }) => formatCount(Math.round(median(rates(who, of))))),
  ]);
  console.log(textTable(['', ...measures.map(({ title }) => title)], rows));
  for (const { title, of } of measures) {
    const own = rates(ours!, of);
    const against = (who: string) => {
      const others = rates(who, of);
      return pairedSpeedup(
        own.map((rate, round) => rate / others[round]!),
        { seed: intervalSeed },
      );
    };
    const ofRaw = against(raw!);
    const verdict =
      ofRaw.low >= aims.ofRaw
        ? `the aim of ${aims.ofRaw} is met`
        : ofRaw.high < aims.ofRaw
          ? `the aim of ${aims.ofRaw} is missed`
          : `whether ${aims.ofRaw} is met takes more rounds, or a calmer machine`;
    console.log(
      `${title}: ${formatSpeedup(ofRaw)} of the raw transaction (${verdict}), ${formatSpeedup(against(single!))} of one by one`,
    );
  }
  console.log('');
}

function sayCompression(found: CacheStoreFigures['compression']): void {
  console.log('Text, kept and read once, a value:');
  const rows = found.map(({ bytes, plainMs, packedMs, share }) => [
    formatBytes(bytes),
    formatMs(plainMs),
    formatMs(packedMs),
    formatPercent(share),
  ]);
  console.log(textTable(['Size', 'As it is', 'Where asked to compress', 'Stored'], rows));
  console.log('');
}

function sayRepeats(repeats: readonly RepeatTimed[]): void {
  const [{ hits, asked }] = repeats as [RepeatTimed];
  const speedup = pairedSpeedup(
    repeats.map(({ firstMs, secondMs }) => firstMs / secondMs),
    { seed: intervalSeed },
  );
  const first = formatMs(median(repeats.map(({ firstMs }) => firstMs)));
  const second = formatMs(median(repeats.map(({ secondMs }) => secondMs)));
  const least = Math.min(...repeats.map((one) => one.hits / one.asked));
  console.log(
    `"${scenario}" twice, medians of ${repeats.length}: first ${first}, second ${second}.`,
  );
  console.log(
    `Hits of the second: ${formatCount(hits)} of ${formatCount(asked)}, at least ${formatPercent(least)} (aim ${formatPercent(aims.hits)}${least >= aims.hits ? ', met' : ', missed'}); speedup ${formatSpeedup(speedup)}`,
  );
  if (!repeats.every(({ sameResults }) => sameResults)) console.log('The results differ!');
}
