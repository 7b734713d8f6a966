import { formatCount, formatMs } from '../../src/base/units.ts';
import { textTable } from '../../src/cli/text-table.ts';
import { quantileSorted } from '../../src/measure/distribution.ts';
import { signInterval } from '../../src/measure/sign-interval.ts';
import { withBenchPage } from './bench-page.ts';
import type { LinkFigures } from './link/measure-links.ts';
import type { LinkBenchPage } from './link/page.ts';
import { writeFigures } from './write-figures.ts';

const defaultRounds = 25;
const aimMs = 20;
/** Of documents with little code. */
const aimLetters = 2000;
const littleCodeLetters = 1000;

/** `link [rounds]`: how long links to the gallery's documents are, and how long they take to make and to read. */
export async function runLinkBench(args: readonly string[]): Promise<void> {
  const rounds = Number(args[0] ?? defaultRounds);
  if (!(rounds >= 1)) throw new Error('link takes a number of rounds, 1 or more.');
  const figures = await withBenchPage('link', 'bench', (page) =>
    page.evaluate((count) => bench.measure(count), rounds),
  );
  console.log(`Medians of ${rounds} rounds in turns, with their 95 % intervals:`);
  console.log(
    textTable(['', 'Code', 'JSON', 'Link', 'Made in', '', 'Read in', ''], figures.map(row)),
  );
  const short = figures.filter(({ codeLetters }) => codeLetters < littleCodeLetters);
  const longest = Math.max(...short.map(({ linkLetters }) => linkLetters));
  const steps = figures.flatMap(({ encodeMs, decodeMs }) => [encodeMs, decodeMs]);
  const slowest = Math.max(...steps.map((ms) => quantileSorted(Float64Array.from(ms).sort(), 0.5)));
  console.log(
    `Longest link to a document with less than ${formatCount(littleCodeLetters)} letters of code: ${formatCount(longest)} (at most ${formatCount(aimLetters)}); slowest median: ${formatMs(slowest)} (at most ${formatMs(aimMs)}); slowest of all: ${formatMs(Math.max(...steps.flat()))}.`,
  );
  writeFigures('link', figures);
}

/** The page's own, inside the page. */
declare const bench: LinkBenchPage;

function row(figures: LinkFigures): string[] {
  const { id, codeLetters, jsonLetters, linkLetters, encodeMs, decodeMs, comesBack } = figures;
  if (!comesBack) throw new Error(`What was read of ${id} is not what was written.`);
  return [
    ...[id, formatCount(codeLetters), formatCount(jsonLetters), formatCount(linkLetters)],
    ...timeOf(encodeMs),
    ...timeOf(decodeMs),
  ];
}

function timeOf(ms: readonly number[]): [median: string, interval: string] {
  const sorted = Float64Array.from(ms).sort();
  const [low, high] = signInterval(sorted, 0.05);
  const interval = Number.isFinite(high)
    ? `${formatMs(low)} … ${formatMs(high)}`
    : 'too few rounds';
  return [formatMs(quantileSorted(sorted, 0.5)), interval];
}
