import { expect, it } from 'vitest';
import { App } from '../../src/ui/state/app.svelte.ts';
import { baselineDesk } from '../../src/ui/targets/baseline-desk.svelte.ts';
import { saveBaseline } from '../../src/ui/targets/measure-baseline.ts';
import { fakeServices } from './fake-services.ts';
import { chain } from './open-page.ts';

it('keeps the document that was measured, whatever is turned meanwhile', async () => {
  const app = new App(fakeServices());
  app.open(chain);
  const { document } = app.doc;
  const saving = saveBaseline(app);
  await expect.poll(() => app.busy).toBe(true);
  app.set('/machine/workers', 1);
  await saving;
  expect(baselineDesk(app).chosen?.baseline.document).toEqual(document);
  expect(app.doc.document).not.toEqual(document);
});

it('can be read again although the sweep beside it had a problem', async () => {
  const app = new App(fakeServices());
  app.open({ ...chain, sweep: { '/stages/second/permits': [0] } });
  await saveBaseline(app);
  const desk = baselineDesk(app);
  await desk.choose(desk.chosen!.id);
  expect(app.messages.list).toEqual([]);
  expect(desk.chosen?.baseline.document).toEqual(chain);
});

it('compares with what was chosen last, even if another one takes longer to be read', async () => {
  const services = fakeServices();
  const app = new App(services);
  app.open(chain);
  await saveBaseline(app);
  const desk = baselineDesk(app);
  const first = desk.chosen!.id;
  app.set('/machine/workers', 1);
  await saveBaseline(app);
  const second = desk.chosen!.id;
  const shelf = await services.baselines();
  let read = (): void => {};
  const later = new Promise<void>((resolve) => (read = resolve));
  services.baselines = async () => ({
    ...shelf,
    async texts(workId, ids) {
      if (ids[0] === second) await later;
      return shelf.texts(workId, ids);
    },
  });
  const slow = desk.choose(second);
  await desk.choose(first);
  read();
  await slow;
  expect(desk.chosen!.id).toBe(first);
});
