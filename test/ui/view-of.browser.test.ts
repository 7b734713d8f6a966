import { expect, it } from 'vitest';
import { applyView, viewOf } from '../../src/ui/share/view-of.ts';
import { App } from '../../src/ui/state/app.svelte.ts';
import { fakeServices } from './fake-services.ts';
import { chain } from './open-page.ts';

function open(): App {
  const app = new App(fakeServices());
  app.open(chain);
  return app;
}

it('says nothing of what is as it comes', () => {
  expect(viewOf(open())).toEqual({});
});

it('brings back tab and selection, and passes over what is not there', () => {
  const app = open();
  app.view.tab = 'why';
  app.graph.select(['second', 'first']);
  const view = viewOf(app);
  expect(view).toEqual({ tab: 'why', selected: ['first', 'second'] });
  const other = open();
  applyView(other, view);
  expect(viewOf(other)).toEqual(view);

  const third = open();
  applyView(third, { tab: 'constructor', selected: ['nobody'] });
  expect(viewOf(third)).toEqual({});
  applyView(third, { tab: 'log', selected: ['nobody', 'second'] });
  expect(viewOf(third)).toEqual({ tab: 'log', selected: ['second'] });
});

it('opens the code of the selected stage', () => {
  const app = new App(fakeServices());
  const work = { kind: 'code', source: 'export default (item) => item' } as const;
  app.open({ ...chain, stages: [...chain.stages, { id: 'third', after: ['second'], work }] });
  applyView(app, { tab: 'code', selected: ['third'] });
  expect([app.view.tab, app.view.codeOf]).toEqual(['code', { kind: 'stage', id: 'third' }]);
});

it('zooms once the schedule is drawn, within what there is of it', async () => {
  const app = open();
  const { timeline } = app;
  timeline.models = await import('../../src/ui/timeline/chart-models.ts');
  /** Lays the axis out as a chart does. */
  const draw = async (): Promise<void> => {
    app.prediction.request(app.doc.pipeline);
    await expect.poll(() => timeline.main?.meta.makespan).toBe(200);
    timeline.resize(0, 600);
  };
  app.open({ ...chain, name: 'Opened' });
  applyView(app, { zoom: [40, 5000] });
  await draw();
  await expect.poll(() => viewOf(app).zoom).toEqual([40, 200]);
  // The window of the document before is not that of the next.
  app.open({ ...chain, name: 'Opened again' });
  applyView(app, { zoom: [4000, 5000] });
  await draw();
  await new Promise((resolve) => setTimeout(resolve));
  expect(viewOf(app)).toEqual({});
});

it('leaves the window alone that the reader has chosen meanwhile', async () => {
  const app = open();
  applyView(app, { zoom: [40, 60] });
  app.timeline.axis = { startMs: 1, endMs: 2, extentMs: 100, leftPx: 0, widthPx: 600 };
  await new Promise((resolve) => setTimeout(resolve));
  app.timeline.models = await import('../../src/ui/timeline/chart-models.ts');
  app.prediction.request(app.doc.pipeline);
  await expect.poll(() => app.timeline.main).not.toBeNull();
  app.timeline.resize(0, 600);
  await new Promise((resolve) => setTimeout(resolve));
  expect(viewOf(app).zoom).toEqual([1, 2]);
});
