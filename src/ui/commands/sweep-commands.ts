import { cellCount, sweepAxes } from '../../explore/sweep.ts';
import { formatCount } from '../../base/units.ts';
import { ceilings } from '../../pipeline/ceilings.ts';
import type { App } from '../state/app.svelte.ts';
import { whyBusy, type Command } from './command.ts';

const whyOff = ({ doc }: App): string | null => {
  const cells = cellCount(sweepAxes(doc.document));
  if (cells === 0) return 'No field is swept yet: “Suggest a sweep of two fields” picks some.';
  return cells <= ceilings.sweepPoints
    ? null
    : `The sweep has ${formatCount(cells)} cells, more than the ${formatCount(ceilings.sweepPoints)} it can have: give fewer values.`;
};

/** What can be done with many settings at once. */
export const sweepCommands: readonly Command[] = [
  {
    id: 'sweep:simulate',
    title: 'Simulate the sweep',
    group: 'Run',
    words: 'heat map cells combinations predict all',
    whyOff,
    async run(app) {
      app.view.show('sweep');
      const { sweepOf } = await import('../sweep/sweep-store.svelte.ts');
      await sweepOf(app).simulate();
    },
  },
  {
    id: 'sweep:suggest',
    title: 'Suggest a sweep of two fields',
    group: 'Edit',
    words: 'heat map range values permits workers',
    async run(app) {
      app.view.show('sweep');
      const { suggestSweep } = await import('../sweep/suggest-sweep.ts');
      suggestSweep(app);
    },
  },
  {
    id: 'sweep:measure',
    title: 'Measure the settings on the trade-off front',
    group: 'Run',
    words: 'Pareto sweep live verify predicted',
    whyOff: (app) => whyBusy(app) ?? whyOff(app),
    async run(app) {
      app.view.show('sweep');
      const { measureFront } = await import('../sweep/measure-front.ts');
      await measureFront(app);
    },
  },
  {
    id: 'sweep:csv',
    title: 'Save the cells of the sweep as CSV',
    group: 'Document',
    words: 'export table spreadsheet download',
    whyOff,
    async run(app) {
      const { saveSweep } = await import('../sweep/save-sweep.ts');
      saveSweep(app);
    },
  },
];
