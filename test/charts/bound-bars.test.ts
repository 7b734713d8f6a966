import { expect, it } from 'vitest';
import { boundBars } from '../../src/charts/svg/bound-bars.ts';

const options = { widthPx: 420, theme: 'light' as const, nameOf: (by: string) => by, run: 'run' };
/** What a digit is wide at this size, and a little less: what is drawn wider is only further off. */
const letterPx = 5.5;

it('strikes no figure through with the line of the run, however near a bound comes to it', () => {
  for (let valueMs = 1; valueMs <= 1000; valueMs += 7) {
    const svg = boundBars([{ by: 'permits', valueMs, sentence: '' }], {
      ...options,
      makespanMs: 1000,
    });
    const line = Number(/<line x1="([\d.]+)"/.exec(svg)![1]);
    const [, left, figure] = /<text x="([\d.]+)" y="10" dominant[^>]*>([^<]+)</.exec(svg)!;
    const from = Number(left);
    const to = from + figure!.length * letterPx;
    expect(line < from || line > to, `${figure}: ${from} to ${to}, line ${line}`).toBe(true);
    expect(to).toBeLessThan(options.widthPx);
  }
});
