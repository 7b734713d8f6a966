import { expect, it, vi } from 'vitest';
import { Pace } from '../../src/ui/state/pace.ts';

const turn = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
function work(ms: number): void {
  const endMs = performance.now() + ms;
  while (performance.now() < endMs);
}

it('passes over what comes while showing takes long, and goes on afterwards', async () => {
  const pace = new Pace();
  let shown = 0;
  let came = 0;
  const come = (): void => {
    came++;
    pace.take(() => {
      shown++;
      work(100);
    });
  };
  for (let i = 0; i < 20; i++) {
    come();
    await turn(10);
  }
  expect(came).toBe(20);
  expect(shown).toBeGreaterThan(0);
  expect(shown).toBeLessThan(came / 2);
  const before = shown;
  await vi.waitFor(() => {
    come();
    expect(shown).toBeGreaterThan(before);
  });
});
