import { expect, test } from 'vitest';
import { usingBrowser } from './open-page.ts';
import { Workbench } from './workbench.ts';

const openPage = usingBrowser();

test('a newcomer moves one knob, sees why, measures it, and is back where the page began', async () => {
  const page = await openPage('', { reducedMotion: 'reduce' });
  const workbench = new Workbench(page);
  const tour = page.getByRole('region', { name: 'Tour' });
  await page.locator('.svelte-flow__node').first().waitFor();
  // Nobody who only looks is spoken to.
  expect(await tour.count()).toBe(0);
  await page.mouse.move(600, 300);
  await tour.getByRole('button', { name: 'Take the tour' }).click();
  await tour.getByRole('button', { name: 'Next' }).click();
  await tour.getByText('Move this knob').waitFor();
  const knob = page.locator('[data-pointer="/stages/slow/permits"]');
  const slider = knob.locator('input[type="range"]');
  await slider.scrollIntoViewIfNeeded();
  const box = (await slider.boundingBox())!;
  await page.mouse.move(box.x + 6, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  const heading = tour.getByRole('heading');
  await expect.poll(() => heading.innerText()).toBe('602 ms → 362 ms: 40 % shorter');
  await expect
    .poll(() => tour.innerText())
    .toMatch(/Slow holds everything back: 1 permit[^]*The cores hold everything back/);
  await tour.getByRole('button', { name: 'Next' }).click();
  await workbench.runToEnd();
  await expect.poll(() => tour.innerText()).toMatch(/Predicted 362 ms, measured [\d.]+ m?s/);
  await tour.getByRole('button', { name: /^Back to/ }).click();
  expect(await workbench.documentName.inputValue()).toBe('Find duplicated functions');
  // It is offered once.
  await page.reload();
  await page.locator('.svelte-flow__node').first().waitFor();
  await page.mouse.move(600, 300);
  await page.waitForTimeout(1500);
  expect(await tour.count()).toBe(0);
});

test.each([
  ['a phone', { width: 390, height: 844 }],
  ['a low window', { width: 1024, height: 600 }],
])(
  'on %s the offer covers neither Run nor the graph, and nothing moves for it',
  async (_, viewport) => {
    const page = await openPage('', { viewport });
    const nodes = page.locator('.svelte-flow__node');
    await nodes.first().waitFor();
    const boxes = () =>
      Promise.all(
        [nodes.first(), new Workbench(page).runButton, page.locator('.chooser')].map((each) =>
          each.boundingBox(),
        ),
      );
    let before = await boxes();
    // The graph is fitted once its fonts are there: what is compared stands still.
    await expect
      .poll(
        async () => {
          const last = before;
          before = await boxes();
          return before.every((box, at) => box?.y === last[at]?.y);
        },
        { interval: 300 },
      )
      .toBe(true);
    await page.mouse.move(200, 200);
    await page.getByRole('region', { name: 'Tour' }).waitFor();
    expect(await boxes()).toEqual(before);
    // They take presses: nothing lies over them.
    await nodes.first().click({ trial: true });
    await nodes.last().click({ trial: true });
    await new Workbench(page).runButton.click({ trial: true });
  },
);

test('by keyboard alone: a knob by its name, a tab, a word, all keys', async () => {
  const page = await openPage();
  const workbench = new Workbench(page);
  await workbench.pickFromGallery('Back pressure');
  const command = async (typed: string): Promise<void> => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search the commands' }).waitFor();
    await page.keyboard.type(typed);
    await page.keyboard.press('Enter');
  };
  await command('capacity of slow');
  const capacity = page.getByRole('textbox', { name: 'Capacity' });
  await expect
    .poll(() => capacity.evaluate((field) => field === document.activeElement))
    .toBe(true);
  await page.keyboard.press('ArrowUp');
  expect(await capacity.inputValue()).toBe('5');
  await command('run on real');
  await workbench.stopButton.waitFor();
  await workbench.waitForEnd();
  await command('go to why');
  await page
    .getByRole('tabpanel')
    .getByText(/holds? everything back/)
    .first()
    .waitFor();
  await command('what makespan');
  await page.getByRole('dialog', { name: 'Glossary' }).getByText('Makespan').first().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await keys.getByText('All commands').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
});
