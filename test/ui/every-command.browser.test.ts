import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { chain, closePage, openDocument } from './open-page.ts';

afterEach(closePage);
const search = page.getByRole('combobox', { name: 'Search the commands' });
const options = (): HTMLElement[] =>
  Array.from(document.querySelectorAll<HTMLElement>('dialog [role="option"]'));
const titleOf = (option: HTMLElement): string => option.querySelector('.title')!.textContent.trim();

async function openPalette(): Promise<void> {
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(search).toHaveFocus();
}

/** They ask for files, leave files, or put another document in the place of this one. */
const leftOut = /^(Open|Save as|Save report|New document|Paste|Take the tour|Copy)/;

it('everything that is offered can be done, and nothing breaks', { timeout: 90_000 }, async () => {
  await openDocument(chain);
  await page.getByLabelText(/^Stage First,/).click();
  await openPalette();
  const titles = options()
    .filter((option) => option.getAttribute('aria-disabled') === 'false')
    .map(titleOf)
    .filter((title) => !leftOut.test(title));
  expect(titles.length).toBeGreaterThan(30);
  await userEvent.keyboard('{Escape}');
  const notDone: string[] = [];
  let done = 0;
  for (const title of titles) {
    await openPalette();
    const option = options().find((each) => titleOf(each) === title);
    // What an earlier one has already brought about says so, and what it took away is gone.
    if (!option || option.getAttribute('aria-disabled') === 'true') {
      await userEvent.keyboard('{Escape}');
      continue;
    }
    done++;
    option.click();
    await expect.element(search).not.toBeInTheDocument();
    const opened = document.querySelector<HTMLDialogElement>('dialog[open]');
    if (opened || /^(Keyboard|Glossary|What is|Versions|Share|Claims|Import)/.test(title)) {
      await expect.poll(() => document.querySelector('dialog[open]')).not.toBeNull();
      await userEvent.keyboard('{Escape}');
      await expect.poll(() => document.querySelector('dialog[open]')).toBeNull();
    }
    if (document.querySelector('.banners .error')) notDone.push(title);
  }
  expect(notDone).toEqual([]);
  expect(done, `of ${titles.length}`).toBeGreaterThan(30);
});

it('leads to what the schedule, its replay and the graph can do', async () => {
  await openDocument(chain);
  await expect.element(page.getByRole('img', { name: /^Schedule:/ })).toBeVisible();
  const command = async (query: string): Promise<void> => {
    await openPalette();
    await userEvent.keyboard(`${query}{Enter}`);
    await expect.element(search).not.toBeInTheDocument();
  };
  await command('critical path');
  await expect
    .element(page.getByRole('button', { name: 'Critical path' }))
    .toHaveAttribute('aria-pressed', 'true');
  await command('find an item');
  await expect.poll(() => document.activeElement?.closest('.timeline input')).not.toBeNull();
  (document.activeElement as HTMLElement).blur();
  await command('lanes items');
  await expect.element(page.getByLabelText('Lanes of the schedule')).toHaveValue('item');
  await command('select all stages');
  await command('duplicate selected');
  await expect.poll(() => document.querySelectorAll('.svelte-flow__node').length).toBe(5);
  await command('replay next');
  await expect.element(page.getByTestId('said')).toHaveTextContent(/ms of .*: .* waiting/);
});
