import { csvLine } from '../../base/csv.ts';
import { wallStates } from '../../measure/state-timeline.ts';
import type { LevelTrack } from './levels.ts';
import type { StateTrack } from './state-bands.ts';

/** As many lines as are put together into one string. */
const linesPerPart = 10_000;

/** Every change of every level as comma-separated values, in parts for a `Blob`. */
export function levelsCsv(tracks: readonly LevelTrack[]): string[] {
  const parts = [csvLine(['stage', 'unit', 'time_ms', 'level'])];
  for (const { label, unit, index } of tracks) {
    const { time, value } = index.series;
    for (let from = 0; from < time.length; from += linesPerPart) {
      const lines = Array.from(time.subarray(from, from + linesPerPart), (ms, i) =>
        csvLine([label, unit, ms, value[from + i]!]),
      );
      parts.push(lines.join(''));
    }
  }
  return parts;
}

/** ms of each stage in each state. */
export function statesCsv(tracks: readonly StateTrack[]): string[] {
  const header = ['stage', ...wallStates.map((state) => `${state}_ms`), 'together_ms'];
  return [
    csvLine(header),
    ...tracks.map(({ label, timeline }) => {
      const totals = timeline.totals();
      return csvLine([label, ...wallStates.map((state) => totals[state]), timeline.endMs]);
    }),
  ];
}
