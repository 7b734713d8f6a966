import type { Word, words } from './words.ts';

/** The explanations of terms. They come with the first sign of a reader's hands: nobody points before. */
class Help {
  #texts = $state.raw<typeof words | null>(null);

  /** "" until they have come. */
  of(word: Word): string {
    return this.#texts?.[word] ?? '';
  }

  async load(): Promise<void> {
    this.#texts ??= (await import('./words.ts')).words;
  }
}
export const help = new Help();
