/** A quantity is a place in a run, or two of them: the first divided by the second. */
const divider = ' ÷ ';
export const placesIn = (quantity: string): string[] => quantity.split(divider);
export const quantityOfPlaces = (places: readonly string[]): string => places.join(divider);

export interface StageInPlace {
  of: 'stages' | 'results';
  /** The stage's id. */
  id: string;
  /** Where in what is known of the stage. */
  inner: string;
}

/** The stage whose number this place is; null: it is one of the whole run. */
export function stageInPlace(place: string): StageInPlace | null {
  const found = /^(stages|results)\/([^/]*)\/(.+)$/.exec(place);
  return found ? { of: found[1] as StageInPlace['of'], id: found[2]!, inner: found[3]! } : null;
}
