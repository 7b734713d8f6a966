import { quantile, type Draw, type DrawSeries } from '../base/draws.ts';

/** Items of a block. */
const size = 32;
/** So many of a block must have been asked for before the next one is drawn ahead. */
const usedMin = size / 4;

/**
 * The values of one distribution for items in a row, drawn a block at a time, since items come to a
 * stage nearly in their order. Every value is the one its address has (see `DrawSeries`); who asks in
 * another order, or for few of them, gets them one by one.
 */
export class DrawBlock {
  readonly #draw: Exclude<Draw, number | { perItem: number[] }>;
  readonly #series: DrawSeries;
  readonly #attempt: number;
  readonly #phase: number;
  readonly #values = new Float64Array(size);
  /** The item that comes first in the block; nothing is drawn yet where that is below 0. */
  #first = -size;
  #used = size;
  #last = -1;

  constructor(
    draw: Exclude<Draw, number | { perItem: number[] }>,
    series: DrawSeries,
    attempt: number,
    phase: number,
  ) {
    this.#draw = draw;
    this.#series = series;
    this.#attempt = attempt;
    this.#phase = phase;
  }

  at(item: number): number {
    const place = item - this.#first;
    if (place < 0 || place >= size || item < 0) return this.#outside(item, place);
    this.#used++;
    return this.#values[place]!;
  }

  #outside(item: number, place: number): number {
    const isNext = place >= size && place < 2 * size && this.#used >= usedMin;
    const inARow = item === this.#last + 1 && item >= 0;
    this.#last = item;
    if (!isNext && !inARow) {
      return quantile(this.#draw, this.#series.unit(item, this.#attempt, this.#phase));
    }
    this.#first = item;
    this.#used = 1;
    this.#fill();
    return this.#values[0]!;
  }

  #fill(): void {
    const values = this.#values;
    this.#series.units(this.#first, this.#attempt, this.#phase, values);
    for (let i = 0; i < size; i++) values[i] = quantile(this.#draw, values[i]!);
  }
}
