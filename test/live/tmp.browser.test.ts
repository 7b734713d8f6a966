import { test } from 'vitest';
import { liveParts } from './run-live.ts';
import { LiveRunner } from '../../src/live/live-runner.ts';
import { withDefaults } from '../../src/pipeline/defaults.ts';
import { loadCorpus } from '../../src/scenarios/corpora.ts';
import { gallery } from '../../src/scenarios/index.ts';
const run = async (id: string, w: number | null, more = {}) => {
  const entry = gallery.find((e) => e.id === id)!;
  const p = withDefaults(await entry.load());
  if (w) p.machine.workers = w;
  const r = await new LiveRunner({ ...liveParts, corpus: loadCorpus }).run({ pipeline: p, cache: 'off', cacheNamespace: 'g', ...more }).done;
  const busy = p.stages.map((s, i) => { let b = 0; for (let k = 0; k < r.trace.tasks.count; k++) if (r.trace.tasks.stage[k] === i) b += r.trace.tasks.end[k]! - r.trace.tasks.start[k]!; return s.id + ':' + b.toFixed(0); });
  console.log(id, w, r.trace.meta.makespan.toFixed(0), JSON.stringify(r.trace.meta.items), r.resultsDigest, r.error?.message ?? '', r.notices.join(), r.failures.slice(0, 3).map((f) => f.stage + ' ' + f.item + ' ' + f.message + f.line).join('|'), busy.join(' '), JSON.stringify(r.models).length, r.trace.meta.stages.map(s=>s.cacheHits).join());
};
test('gallery', { timeout: 120000 }, async () => {
  for (let i = 0; i < 3; i++) for (const w of [1, 2]) await run('simtask', w);
  await run('simtask', 2, { cache: 'on' });
  await run('simtask', 2, { cache: 'on' });
  for (const g of gallery) if (g.id !== 'simtask') await run(g.id, null);
});
