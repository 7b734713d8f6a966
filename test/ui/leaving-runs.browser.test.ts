import { afterEach, expect, it, onTestFinished } from 'vitest';
import { page } from 'vitest/browser';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { linkText } from '../../src/share/link/link-text.ts';
import { fakeServices } from './fake-services.ts';
import { holdRuns } from './held-runs.ts';
import { chain, closePage, openPage } from './open-page.ts';

afterEach(closePage);
const name = page.getByLabelText('Name of the document');

function servicesOf(more: object = {}) {
  const services = fakeServices({ text: JSON.stringify(chain) });
  return { ...services, ...more };
}

/** What was left open comes back when this is called. */
function holdWork({ workspace }: ReturnType<typeof servicesOf>): () => void {
  const { load } = workspace;
  let cameBack = (): void => {};
  const back = new Promise<void>((resolve) => (cameBack = resolve));
  workspace.load = () => back.then(load);
  return cameBack;
}

it('notes what runs, for as long as it runs', async () => {
  const services = servicesOf();
  const end = holdRuns(services);
  await openPage(services);
  await expect.element(name).toHaveValue('Chain');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.poll(() => services.tabSettings.get('running')).toBe('run kept');
  end();
  await expect.poll(() => services.tabSettings.get('running')).toBeNull();
});

it('says after a reload that a run was lost, and runs it again', async () => {
  const services = servicesOf();
  services.tabSettings.set('running', 'run kept');
  await openPage(services);
  const told = page.getByText(/^The run of “Chain” ended with the page that was left/);
  await expect.element(told).toBeVisible();
  expect(services.tabSettings.get('running')).toBeNull();
  await page.getByRole('button', { name: 'Run again' }).click();
  await expect.poll(() => services.runs.length).toBe(1);
  await expect.element(told).not.toBeInTheDocument();
});

it('says nothing of the run of another tab that this one was copied from', async () => {
  const services = servicesOf();
  services.tabSettings.set('running', 'run of-another');
  await openPage(services);
  await expect.element(name).toHaveValue('Chain');
  await expect.poll(() => services.tabSettings.get('running')).toBeNull();
  expect(page.getByText(/ended with the page/).elements()).toEqual([]);
});

it('says that work is a copy because another tab has it open', async () => {
  const services = servicesOf();
  const { load } = services.workspace;
  services.workspace.load = async () => ({ ...(await load())!, name: 'Chain', isCopy: true });
  await openPage(services);
  await expect
    .element(page.getByRole('status').filter({ hasText: '“Chain” is open in another tab' }))
    .toBeVisible();
});

it('does not run the code of a link, however early it is asked to', async () => {
  const services = servicesOf();
  const cameBack = holdWork(services);
  onTestFinished(() => history.replaceState(null, '', location.pathname + location.search));
  const strange: PipelineDocument = {
    ...{ format: 'millrace/1', name: 'Strange' },
    source: { kind: 'count', count: 1 },
    stages: [{ id: 'a', work: { kind: 'code', source: 'while (true);' } }],
  };
  const link = await linkText({ document: strange });
  history.replaceState(null, '', location.pathname + location.search + link);
  await openPage(services);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  cameBack();
  await expect.element(name).toHaveValue('Strange');
  await expect.element(page.getByText(/runs only when you press Run/)).toBeVisible();
  expect(services.runs).toEqual([]);
});

it('can be run where what was left open breaks', async () => {
  const services = servicesOf();
  const saved = {
    get text(): string {
      throw new Error('no text');
    },
  };
  services.workspace.load = () => Promise.resolve(saved as never);
  const broken: unknown[] = [];
  const note = (event: PromiseRejectionEvent): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    broken.push(event.reason);
  };
  addEventListener('unhandledrejection', note, { capture: true });
  onTestFinished(() => removeEventListener('unhandledrejection', note, { capture: true }));
  await openPage(services);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.poll(() => services.runs.length).toBe(1);
  expect(broken).toHaveLength(1);
});

it('runs what was left open, however early it is asked to', async () => {
  const services = servicesOf();
  const cameBack = holdWork(services);
  await openPage(services);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  // As somebody does who sees nothing happen.
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  expect(services.runs).toEqual([]);
  cameBack();
  await expect.poll(() => services.runs.length).toBe(1);
  expect(services.runs[0]!.pipeline.stages.map(({ id }) => id)).toEqual(['first', 'second']);
  // Both were meant for one.
  await expect.element(page.getByText(/items delivered: see Results/)).toBeInTheDocument();
  await expect.element(page.getByRole('button', { name: 'Run', exact: true })).toBeEnabled();
  expect(services.runs).toHaveLength(1);
  await expect.element(name).toHaveValue('Chain');
});
