import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { chain, closePage, details, openDocument } from './open-page.ts';

afterEach(closePage);
const search = page.getByRole('combobox', { name: 'Search the commands' });
const option = (name: string | RegExp) => page.getByRole('dialog').getByRole('option', { name });
const chosen = (): Element | null => {
  const id = search.element().getAttribute('aria-activedescendant');
  return id === null ? null : document.getElementById(id);
};

async function openPalette(query = ''): Promise<void> {
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(search).toHaveFocus();
  if (query !== '') await userEvent.keyboard(query);
}

describe('the command palette', () => {
  it('tells those who listen which command is chosen, round and round', async () => {
    await openDocument(chain);
    await openPalette();
    const all = page.getByRole('dialog').getByRole('option').elements();
    expect(chosen()).toBe(all[0]);
    await userEvent.keyboard('{ArrowUp}');
    await expect.poll(chosen).toBe(all.at(-1));
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await expect.poll(chosen).toBe(all[1]);
    expect(chosen()?.getAttribute('aria-selected')).toBe('true');
    await expect.element(search).toHaveFocus();
    await expect
      .element(page.getByRole('dialog').getByRole('status'))
      .toHaveTextContent(`${all.length} commands`);
  });

  it('puts the focus on any knob by name, and remembers that', async () => {
    await openDocument(chain);
    await openPalette('permits second{Enter}');
    await expect.element(page.getByRole('textbox', { name: 'Permits' })).toHaveFocus();
    await expect.element(page.getByLabelText('Name of the stage')).toHaveValue('Second');
    await openPalette();
    await expect.element(option('Permits of “Second”')).toHaveAttribute('aria-selected', 'true');
  });

  it('does nothing that cannot be done, and says why', async () => {
    await openDocument(chain);
    await openPalette('undo');
    await expect.element(option(/^Undo/)).toHaveAttribute('aria-disabled', 'true');
    await expect.element(option(/^Undo/)).toHaveTextContent('Nothing has been changed.');
    await userEvent.keyboard('{Enter}');
    await expect.element(search).toBeVisible();
  });

  it('plays nothing while the charts are put away for the table', async () => {
    await openDocument(chain);
    await expect.element(page.getByRole('slider', { name: 'Instant shown' })).toBeVisible();
    await openPalette('play or pause');
    await expect.element(option(/^Play or pause/)).toHaveAttribute('aria-disabled', 'false');
    await userEvent.keyboard('{Escape}');
    await page.getByRole('button', { name: 'Table', exact: true }).first().click();
    await openPalette('play or pause');
    await expect.element(option(/^Play or pause/)).toHaveTextContent('The charts are put away.');
    await userEvent.keyboard('{Escape}');
  });

  it('leads to tabs, names, lanes and documents, and gives the focus back otherwise', async () => {
    await openDocument(chain);
    const run = page.getByRole('button', { name: 'Run', exact: true });
    (run.element() as HTMLElement).focus();
    await openPalette('{Escape}');
    await expect.element(run).toHaveFocus();
    await openPalette('go to log{Enter}');
    await expect.element(details('Log')).toHaveFocus();
    await openPalette('rename first{Enter}');
    await expect.element(page.getByLabelText('Name of the stage')).toHaveFocus();
    await userEvent.keyboard('Begin');
    await openPalette('lanes stages{Enter}');
    await expect.element(page.getByLabelText('Lanes of the schedule')).toHaveValue('stage');
    await openPalette('open fork{Enter}');
    await expect.element(page.getByLabelText('Name of the document')).toHaveValue('Fork and join');
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.element(page.getByLabelText(/^Stage Begin,/)).toBeVisible();
  });

  it('finds a word of the field and explains it', async () => {
    await openDocument(chain);
    await openPalette('what back press{Enter}');
    const term = page.getByRole('dialog', { name: 'Glossary' }).getByText('Back pressure').first();
    await expect.element(term).toBeInViewport();
  });

  it('is left alone by what is not a command', async () => {
    await openDocument(chain);
    await openPalette('zzqqxx');
    await expect.element(page.getByText(/^Nothing is called/)).toBeVisible();
    await userEvent.keyboard('{Enter}{ArrowDown}{Enter}');
    await expect.element(search).toBeVisible();
  });
});

describe('the page of shortcuts', () => {
  it('comes with “?”, at the keys of the part that has the focus, but not where it is typed', async () => {
    await openDocument(chain);
    const name = page.getByLabelText('Name of the document');
    (name.element() as HTMLElement).focus();
    await userEvent.keyboard('?');
    await expect.element(name).toHaveValue('Chain?');
    (page.getByLabelText('Lanes of the schedule').element() as HTMLElement).focus();
    await userEvent.keyboard('?');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    (page.getByRole('button', { name: 'Table' }).element() as HTMLElement).focus();
    await userEvent.keyboard('?');
    await expect.element(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    expect(document.querySelector('dialog section.asked h3')?.textContent).toBe('Schedule');
    // No key of the page works behind it.
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(page.getByRole('button', { name: 'Stop' })).not.toBeInTheDocument();
  });
});
