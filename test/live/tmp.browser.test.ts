import { test } from 'vitest';
import { liveParts } from './run-live.ts';
import { LiveRunner } from '../../src/live/live-runner.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import { loadCorpus } from '../../src/scenarios/corpora.ts';
import { gallery } from '../../src/scenarios/index.ts';
import { calibrate } from '../../src/live/calibrate.ts';
const run = async (id: string, w: number, rep: number) => {
  const entry = gallery.find((e) => e.id === id)!;
  const p = withDefaults(await entry.load());
  p.machine.workers = w;
  const r = await new LiveRunner({ ...liveParts, corpus: async (n) => { const c = await loadCorpus(n); return Array.from({length: rep}, () => c).flat(); } }).run({ pipeline: p, cache: 'off', cacheNamespace: 'g' }).done;
  const t = r.trace.tasks;
  const busy = p.stages.map((s, i) => { let b = 0; for (let k = 0; k < t.count; k++) if (t.stage[k] === i) b += t.end[k]! - t.start[k]!; return s.id + ':' + b.toFixed(0); });
  // gaps between tasks on worker 0
  const rows = Array.from({ length: t.count }, (_, k) => k).filter((k) => t.worker[k] === 0).sort((a, b) => t.start[a]! - t.start[b]!);
  let gap = 0; const by: Record<string, number> = {};
  for (let i = 1; i < rows.length; i++) { const g = t.start[rows[i]!]! - t.end[rows[i - 1]!]!; gap += g; const n = p.stages[t.stage[rows[i-1]!]!]!.id + '>' + p.stages[t.stage[rows[i]!]!]!.id; by[n] = (by[n] ?? 0) + g; }
  console.log(w, rep, r.trace.meta.makespan.toFixed(0), busy.join(' '), 'gap0', gap.toFixed(0), 'n', rows.length, 'first', t.start[rows[0]!]!.toFixed(1), JSON.stringify(Object.fromEntries(Object.entries(by).map(([k,v])=>[k,Math.round(v)]))));
};
test('gallery', { timeout: 120000 }, async () => {
  console.log((await calibrate()).twoWorkerRatio);
  for (let i = 0; i < 2; i++) for (const w of [1, 2]) await run('simtask', w, 1);
  for (let i = 0; i < 2; i++) for (const w of [1, 2]) await run('simtask', w, 3);
});
