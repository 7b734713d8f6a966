import { afterEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { chain, closePage, details, openDocument, stageNode } from './open-page.ts';

afterEach(closePage);

const documentName = () => page.getByLabelText('Name of the document');
const pressRun = () => page.getByRole('button', { name: 'Run', exact: true }).click();
const delivered = () => expect.element(page.getByText(/20 of 20 items delivered/)).toBeVisible();
const colourOf = (element: Element) => getComputedStyle(element).backgroundColor;

const coded: PipelineDocument = {
  ...chain,
  stages: [{ id: 'only', name: 'Only', work: { kind: 'code', source: 'export default (x) => x' } }],
};

/** As after a run whose every result came from the cache: nothing was measured. */
async function openCached(document: PipelineDocument) {
  const services = await openDocument(document);
  const { live } = services;
  services.live = {
    run(request) {
      const handle = live.run(request);
      const done = handle.done.then((report) =>
        request.cache === 'on' ? { ...report, models: {} } : report,
      );
      return { ...handle, done };
    },
  };
  return services;
}

it('measures with the cache off, before and after a run that the cache answered', async () => {
  const services = await openCached(coded);
  const measure = page.getByRole('button', { name: 'Measure it' });
  await expect.element(measure).toBeVisible();
  await pressRun();
  await delivered();
  await expect.element(page.getByRole('banner').getByText('No prediction')).toBeVisible();
  await measure.click();
  await expect.element(page.getByRole('banner').getByText('Predicted 50 ms')).toBeVisible();
  await expect.element(measure).not.toBeInTheDocument();
  expect(services.runs.map(({ cache }) => cache)).toEqual(['on', 'off']);
});

it('does not call code measured that has not run, and gives back what was there before', async () => {
  await openDocument(chain);
  await stageNode('First').click();
  const work = page.getByLabelText('Work', { exact: true });
  await work.selectOptions('code');
  await expect.element(page.getByText(/Not measured yet/)).toBeVisible();
  await expect.element(page.getByLabelText(/^Stage First, code · not measured/)).toBeVisible();
  await expect.element(page.getByRole('banner').getByText('No prediction')).toBeVisible();
  await work.selectOptions('synthetic');
  await expect.element(page.getByLabelText(/^Stage First, CPU 4 ms/)).toBeVisible();
});

it('explains the document as it stands, and a run before it on demand, marked as such', async () => {
  await openDocument(chain);
  await pressRun();
  await delivered();
  await details('Why').click();
  const panel = page.getByRole('tabpanel');
  await expect.element(panel).toHaveTextContent(/this run took 200 ms/);
  await stageNode('Second').click();
  await page.getByLabelText('Permits', { exact: true }).fill('2');
  await expect.element(panel).toHaveTextContent(/the prediction takes 120 ms/);
  await expect.element(panel).toHaveTextContent(/the last run was of an earlier one/);
  await page.getByLabelText('What to explain').selectOptions('run');
  await expect.element(panel).toHaveTextContent(/changed since this run.*this run took 200 ms/);
  // Something new to explain: the reader's choice was about something else.
  await page.getByLabelText('Undo').click();
  await expect.element(panel).toHaveTextContent(/this run took 200 ms/);
  await expect.element(panel).not.toHaveTextContent(/changed since/);
});

it('says of a stopped run that only a part of the work is spoken of', async () => {
  const services = await openDocument(chain);
  const { live } = services;
  services.live = {
    run(request) {
      const handle = live.run(request);
      handle.stop();
      return handle;
    },
  };
  await pressRun();
  await details('Why').click();
  const panel = page.getByRole('tabpanel');
  await expect.element(panel).toHaveTextContent(/was stopped, with 20 of the 20 items/);
  await expect
    .element(panel)
    .toHaveTextContent(/With these settings no schedule of that part can be shorter/);
});

it('begins a new document, from the bar and from the gallery, one undo away from the old one', async () => {
  await openDocument(chain);
  await page.getByRole('button', { name: 'New document' }).click();
  await expect.element(documentName()).toHaveValue('Untitled');
  await page.getByLabelText('Undo').click();
  await expect.element(documentName()).toHaveValue('Chain');
  await page.getByRole('button', { name: 'Gallery' }).click();
  await page.getByRole('button', { name: /^\+? ?A blank document/ }).click();
  await expect.element(documentName()).toHaveValue('Untitled');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
});

it('adds stages to the end while none is selected, each with a name of its own', async () => {
  const services = await openDocument(chain);
  const add = page.getByRole('button', { name: 'Stage', exact: true });
  await add.click();
  await expect.element(stageNode('New stage')).toBeVisible();
  await add.click();
  await expect.element(stageNode('New stage 2')).toBeVisible();
  await expect
    .poll(() => (JSON.parse(services.saved.text ?? '{}') as PipelineDocument).stages?.slice(2))
    .toMatchObject([
      { name: 'New stage', after: ['second'] },
      { name: 'New stage 2', after: ['new-stage'] },
    ]);
});

it('keeps one colour for a stage when the one before it is removed after a run', async () => {
  await openDocument({
    ...chain,
    stages: [...chain.stages, { ...chain.stages[0]!, id: 'third', name: 'Third' }],
  });
  await pressRun();
  await delivered();
  const inLegend = (name: string) => {
    const entry = page.getByRole('list', { name: 'Colours of the stages' }).getByText(name);
    return colourOf(entry.element().querySelector('i')!);
  };
  await expect.element(page.getByRole('list', { name: 'Colours of the stages' })).toBeVisible();
  await stageNode('First').click();
  await page.getByLabelText('Remove the stage').click();
  await expect.element(stageNode('First')).not.toBeInTheDocument();
  for (const name of ['Second', 'Third']) {
    const node = stageNode(name).element().querySelector('.body')!;
    await expect
      .poll(() => inLegend(name))
      .toBe(getComputedStyle(node, '::before').backgroundColor);
  }
  // What ran and is gone is still named, in a colour of its own.
  expect(new Set(['First', 'Second', 'Third'].map(inLegend)).size).toBe(3);
});

it('shows what stage code can use, by the settings of its stage', async () => {
  await openDocument({
    ...coded,
    stages: [{ ...coded.stages[0]!, join: 'fold' }],
  });
  await details('Code').click();
  const panel = page.getByRole('tabpanel');
  await expect.element(panel).toHaveTextContent(/\(accumulator, item, ctx\) => accumulator/);
  await page.getByRole('button', { name: 'What code can use' }).click();
  const reference = page.getByRole('region', { name: 'What stage code can use' });
  await expect.element(reference).toHaveTextContent(/wait\(ms: number\)/);
  await expect.element(reference).toHaveTextContent(/millrace:text/);
});

it('shows tables and numbers in notes, and stages by the name the graph has', async () => {
  await openDocument({
    ...chain,
    notes: '3. **first** begins\n4. then *second*\n\n| stage | s |\n|---|---|\n| a | 5 |',
  });
  const panel = page.getByRole('tabpanel');
  await expect.element(panel.getByRole('cell', { name: '5' })).toBeVisible();
  await expect.element(panel.getByRole('list')).toHaveAttribute('start', '3');
  await expect.element(panel.getByRole('list')).toHaveTextContent(/First begins.*then Second/);
});

it('opens a published instance as a document', async () => {
  await openDocument(chain);
  const file = new File(['2 2\n0 3  1 2\n1 4  0 1\n'], 'ft02.txt', { type: 'text/plain' });
  await page.getByLabelText('Open a document').upload(file);
  // What it would be is shown first.
  await page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click();
  await expect.element(documentName()).toHaveValue('ft02');
  await expect.element(stageNode('Job 1 on machine 0')).toBeVisible();
});
