import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { resultFileText } from '../../src/share/link/result-file.ts';
import { linkText } from '../../src/share/link/link-text.ts';
import * as cases from '../share/import/small-cases.ts';
import { fakeServices } from './fake-services.ts';
import { chain, closePage, openDocument } from './open-page.ts';

let services: ReturnType<typeof fakeServices>;
beforeEach(async () => {
  services = await openDocument(chain);
});
afterEach(() => closePage());

const name = page.getByLabelText('Name of the document');
const dialog = page.getByRole('dialog', { name: 'Import' });
const preview = dialog.getByRole('region', { name: 'Preview' });
const button = (called: string) => dialog.getByRole('button', { name: called, exact: true });
const banner = page.getByRole('alert');

/** As the browser tells of Ctrl+V; a real clipboard needs a permission that tests are not given. */
function paste(text: string, target: Element = window.document.body): void {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  target.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
  );
}
async function pick(text: string, called: string): Promise<void> {
  await userEvent.upload(page.getByLabelText('Open a document'), new File([text], called));
}
async function drop(text: string, called: string): Promise<void> {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], called));
  const send = (type: string) =>
    window.document.body.dispatchEvent(
      new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }),
    );
  // What takes it comes with the first drag.
  await expect
    .poll(() => {
      send('dragover');
      return window.document.body.textContent;
    })
    .toContain('Drop files or a folder');
  send('drop');
}

async function openImport(): Promise<void> {
  await userEvent.keyboard('{Control>}k{/Control}');
  await userEvent.fill(page.getByLabelText('Search the commands'), 'import…');
  await userEvent.keyboard('{Enter}');
  await expect.element(dialog).toBeVisible();
}

describe('a preview before anything is replaced', () => {
  it('of a picked file: what it is, what was assumed; Open takes it, and undo gives back what was open', async () => {
    await pick(cases.githubActions, 'ci.yml');
    await expect.element(dialog).toBeVisible();
    await expect.element(preview).toHaveTextContent(/Stages 6.*30 min of waiting/);
    await expect.element(preview).toHaveTextContent('each is taken to need 5 min');
    await expect.element(preview.getByLabelText('Read as')).toHaveValue('github-actions');
    await expect.element(name).toHaveValue('Chain');
    await button('Open').click();
    await expect.element(dialog).not.toBeInTheDocument();
    await expect.element(name).toHaveValue('CI');
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.element(name).toHaveValue('Chain');
  });

  it('asks what the file does not say, and shows what comes of it', async () => {
    await pick(cases.githubActions, 'ci.yml');
    await preview.getByLabelText('Minutes a job takes').fill('2');
    await userEvent.tab();
    await expect.element(preview).toHaveTextContent('12 min of waiting');
    await preview.getByLabelText('Minutes of “deploy”').fill('700');
    await userEvent.tab();
    // No job takes longer than GitHub lets it.
    await expect.element(preview.getByLabelText('Minutes of “deploy”')).toHaveValue(360);
    await preview.getByLabelText('Every run of a job').selectOptions('drawn');
    await expect.element(preview).toHaveTextContent('seed 1');
    await button('Open').click();
    await expect.element(name).toHaveValue('CI');
    await expect
      .poll(() => JSON.parse(services.saved.text ?? '{}') as object)
      .toMatchObject({ name: 'CI', seed: 1 });
    expect(services.saved.text).toMatch(/"lognormal":\s*\{\s*"mean": 120000/);
  });

  it('of what is pasted anywhere; Cancel and Escape leave all as it was', async () => {
    paste(cases.chromeTrace);
    await expect.element(preview).toHaveTextContent('own time on 2 threads');
    await button('Cancel').click();
    await expect.element(dialog).not.toBeInTheDocument();
    paste(cases.durations);
    await expect.element(preview.getByLabelText('Read as')).toHaveValue('csv');
    await userEvent.keyboard('{Escape}');
    await expect.element(dialog).not.toBeInTheDocument();
    await expect.element(name).toHaveValue('Chain');
  });

  it('of a pasted document of our own', async () => {
    paste(JSON.stringify({ ...chain, name: 'From a friend' }));
    await expect.element(preview.getByLabelText('Read as')).toHaveValue('millrace');
    await expect.element(preview).toHaveTextContent('From a friend');
    await expect.element(preview).toHaveTextContent('240 ms of CPU time');
    await button('Open').click();
    await expect.element(name).toHaveValue('From a friend');
  });

  it('of one dropped file, which may have been meant as an item', async () => {
    await drop(cases.durations, 'times.csv');
    await expect.element(preview).toHaveTextContent('times');
    await button('Take the file as an item').click();
    await expect.element(dialog).not.toBeInTheDocument();
    await expect.element(name).toHaveValue('Chain');
    await expect.element(page.getByText(/times\.csv/)).toBeVisible();
  });

  it('is no matter of a file of our own: it opens at once', async () => {
    await pick(JSON.stringify({ ...chain, name: 'Mine' }), 'mine.millrace.json');
    await expect.element(name).toHaveValue('Mine');
    await expect.element(dialog).not.toBeInTheDocument();
  });
});

describe('a link', () => {
  it.each([
    ['pasted on the page', async (text: string) => paste(text)],
    [
      'pasted into the dialog, as an address',
      async (text: string) => {
        await openImport();
        paste(`https://example.org/millrace/${text}`, dialog.getByRole('textbox').element());
      },
    ],
  ])('%s opens as one, which undo takes back', async (_, give) => {
    await give(await linkText({ document: { ...chain, name: 'Linked' } }));
    await expect.element(name).toHaveValue('Linked');
    await expect.element(dialog).not.toBeInTheDocument();
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.element(name).toHaveValue('Chain');
  });
});

it.each([
  ['picked', (text: string) => pick(text, 'a.millrace-result.json')],
  ['pasted', async (text: string) => paste(text)],
])('a result that is %s is no document: it goes to the results', async (_, give) => {
  const document = { ...chain, name: 'Of another' };
  // Nothing was measured in it, which only its own reader says.
  await give(resultFileText({ document }));
  await expect.element(banner).toHaveTextContent(/result is missing: it is what was measured/);
  await expect.element(name).toHaveValue('Chain');
});

describe('what cannot be read', () => {
  it('is said with the line, and can be read as something else', async () => {
    paste('parse,render\n1,x\n');
    const refusal = preview.getByRole('alert');
    await expect.element(refusal).toHaveTextContent(/line 2: “x” in column “render”/);
    await expect.element(button('Open')).toBeDisabled();
    await preview.getByLabelText('Read as').selectOptions('github-actions');
    await expect.element(refusal).toHaveTextContent(/This is no github-actions file/);
  });
  it('as a file is said in the page, and nothing opens', async () => {
    await pick('Dear diary', 'diary.txt');
    await expect.element(banner).toHaveTextContent(/"diary.txt" .*no format that can be imported/);
    await expect.element(dialog).not.toBeInTheDocument();
    await expect.element(name).toHaveValue('Chain');
  });
});

describe('the dialog', () => {
  it('keeps its preview when a bad link or result is pasted over it', async () => {
    await openImport();
    paste('parse,render\n1,2\n', dialog.getByRole('textbox').element());
    await expect.element(preview).toHaveTextContent('3 ms of CPU time');
    paste('https://example.org/#1.abcdefghijklmnopqrstuvwxyz', dialog.element());
    await expect.element(dialog.getByRole('alert')).toHaveTextContent(/^The link is damaged/);
    paste('{"format": "millrace-result/1"}', dialog.element());
    await expect.element(dialog.getByRole('alert')).toHaveTextContent(/^In the result’s file, /);
    await expect.element(preview).toHaveTextContent('3 ms of CPU time');
    paste('parse,render\n1,4\n', dialog.element());
    await expect.element(preview).toHaveTextContent('5 ms of CPU time');
    await expect.element(dialog.getByRole('alert')).not.toBeInTheDocument();
  });
  it('takes a text that is typed or pasted into it, and another one after that', async () => {
    await openImport();
    const field = dialog.getByRole('textbox');
    await expect.element(field).toHaveFocus();
    await expect.element(button('Preview')).toBeDisabled();
    await field.fill('parse,render\n1,2\n');
    await button('Preview').click();
    await expect.element(preview).toHaveTextContent('3 ms of CPU time');
    await preview.getByLabelText('Durations without a unit are').selectOptions('s');
    await expect.element(preview).toHaveTextContent('3 s of CPU time');
    await button('Another text').click();
    await expect.element(field).toHaveFocus();
    await field.fill('');
    paste(cases.flowShop, field.element());
    await expect.element(preview.getByLabelText('Read as')).toHaveValue('flow-shop');
    await expect.element(button('Open')).toHaveFocus();
  });
});

it('leaves what is pasted into a field to the field, and stages to the graph', async () => {
  paste(cases.durations, name.element());
  const graph = page.getByLabelText('Graph', { exact: true }).element() as HTMLElement;
  graph.focus();
  paste(JSON.stringify(chain), graph);
  await expect.element(page.getByLabelText(/^Stage First,/).nth(1)).toBeVisible();
  await expect.element(dialog).not.toBeInTheDocument();
  paste(cases.githubActions, graph);
  await expect.element(preview.getByLabelText('Read as')).toHaveValue('github-actions');
});
