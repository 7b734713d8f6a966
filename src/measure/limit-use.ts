import type { RunLevels } from './run-levels.ts';
import { unionOf } from './span-sets.ts';
import { levelSeries, type StepSeries } from './step-series.ts';
import { spansWhere, type Spans } from './throttling.ts';

/**
 * When tasks waited for each named limit. A stage that takes several at once waits for those of which too
 * little is left then; where it takes one only, for that.
 *
 * @param waits when each stage's next task lacked some limit, by stage index.
 */
export function limitSpans(levels: RunLevels, waits: readonly Spans[]): Map<string, Spans> {
  const { pipeline, endMs } = levels;
  const used = new Map<string, StepSeries>();
  const usedOf = (name: string): StepSeries => {
    let own = used.get(name);
    if (!own) used.set(name, (own = useOf(levels, name)));
    return own;
  };
  const found = new Map<string, Spans[]>();
  pipeline.stages.forEach(({ uses }, stage) => {
    const names = Object.keys(uses);
    const own = waits[stage]!;
    if (own.from.length === 0) return;
    const add = (name: string, spans: Spans) =>
      found.set(name, [...(found.get(name) ?? []), spans]);
    if (names.length === 1) return add(names[0]!, own);
    const waiting = asSeries(own);
    for (const name of names) {
      const capacity = pipeline.limits[name]!;
      const lacks = (inUse: number) => capacity - inUse < uses[name]! - 1e-9;
      add(
        name,
        spansWhere([waiting, usedOf(name)], endMs, ([on, inUse]) => on! > 0 && lacks(inUse!)),
      );
    }
  });
  return new Map([...found].map(([name, spans]) => [name, unionOf(spans)]));
}

/** How much of a limit is taken, over time. */
function useOf({ pipeline, running }: RunLevels, name: string): StepSeries {
  const changes: [number, number][] = [];
  pipeline.stages.forEach(({ uses }, stage) => {
    const weight = uses[name] ?? 0;
    if (weight === 0) return;
    const { time, value } = running[stage]!;
    for (let i = 0; i < time.length; i++)
      changes.push([time[i]!, weight * (value[i]! - (value[i - 1] ?? 0))]);
  });
  changes.sort((a, b) => a[0] - b[0]);
  let level = 0;
  const levels = changes.map(([, by]) => (level += by));
  return levelSeries(
    changes.map(([ms]) => ms),
    levels,
  );
}

function asSeries({ from, to }: Spans): StepSeries {
  const time = new Float64Array(from.length * 2);
  const value = new Float64Array(from.length * 2);
  for (let i = 0; i < from.length; i++) {
    time[2 * i] = from[i]!;
    time[2 * i + 1] = to[i]!;
    value[2 * i] = 1;
  }
  return { time, value };
}
