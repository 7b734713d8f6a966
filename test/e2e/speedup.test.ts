import { expect, test } from 'vitest';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();

test('the speedup of real code over the sequential baseline comes with an interval', async () => {
  const workbench = new Workbench(await openPage());
  await workbench.pickFromGallery('Match tasks to files');
  const panel = await workbench.tab('Speedup');
  await panel.getByRole('button', { name: 'Measure speedup' }).click();
  // What conducts it is fetched first; one interval is enough here.
  const stop = panel.getByRole('button', { name: 'Stop measuring' });
  await stop.waitFor();
  await panel.getByText('95 % interval').waitFor({ timeout: 100_000 });
  await stop.click();
  await workbench.waitForEnd();
  expect(await workbench.errorBanner.allInnerTexts()).toEqual([]);
  // "1.83× (1.79–1.88)", and what it means in words; how large it is depends on the machine.
  const text = await panel.innerText();
  expect(text).toMatch(/\d(\.\d+)?×/);
  expect(text).toMatch(/\d(\.\d+)?\s*[–-]\s*\d(\.\d+)?/);
  expect(text).toMatch(/faster|slower|no difference seen/i);
});
