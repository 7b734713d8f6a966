import type { UnitPlace } from '../border.ts';
import type { CodeUnit } from '../compile/unit.ts';

/** Blobs of all code units, the addresses of their imports filled in. */
export class CodeUrls {
  readonly urls: string[] = [];

  constructor(units: readonly CodeUnit[]) {
    for (const { pieces, imports } of units) {
      let text = pieces[0]!;
      imports.forEach((unit, i) => (text += this.urls[unit]! + pieces[i + 1]!));
      this.urls.push(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
    }
  }

  /** Nothing will be loaded from them any more; places in them are still known. */
  revoke(): void {
    for (const url of this.urls) URL.revokeObjectURL(url);
  }

  /** The innermost place of a stack that lies in `unit`, else in any unit; null: in none. */
  placeIn(stack: string, unit: number): UnitPlace | null {
    const places = this.#placesIn(stack);
    return places.find((place) => place.unit === unit) ?? places[0] ?? null;
  }

  /** The units a stack goes through. */
  unitsIn(stack: string): Set<number> {
    return new Set(this.#placesIn(stack).map(({ unit }) => unit));
  }

  #placesIn(stack: string): UnitPlace[] {
    const places: UnitPlace[] = [];
    // "at f (blob:null/…:3:7)" in Chromium and "f@blob:null/…:3:7" in Firefox and Safari.
    for (const [, url, line, column] of stack.matchAll(/(blob:[^\s()]+?):(\d+):(\d+)/g)) {
      const unit = this.urls.indexOf(url!);
      if (unit >= 0) places.push({ unit, line: Number(line), column: Number(column) });
    }
    return places;
  }
}
