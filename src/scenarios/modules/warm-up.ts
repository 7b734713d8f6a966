import { samples } from 'virtual:millrace/samples';

export { samples };

/** Long enough for a compiling thread to get at a core that busy workers would not leave it. */
const pauseMs = 10;

/**
 * Does a piece of work again and again until the browser has compiled it. Browsers compile busy code on
 * other threads; between the rounds this one steps aside for them, or workers that practise on all cores
 * at once keep theirs waiting.
 */
export async function practise(work: () => void, rounds = 10): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    work();
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
