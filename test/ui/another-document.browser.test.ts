import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { RunReport } from '../../src/engine/runner.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { SimulatorClient } from '../../workers/simulator-client.ts';
import { fakeServices } from './fake-services.ts';
import { chain, closePage, details, openDocument, openPage, stageNode } from './open-page.ts';

afterEach(closePage);
const name = page.getByLabelText('Name of the document');
const run = page.getByRole('button', { name: 'Run', exact: true });
const stopRun = page.getByRole('button', { name: 'Stop', exact: true });
const predicted = page.getByRole('banner').getByText(/predict/i);
const other: PipelineDocument = { ...chain, name: 'Other', source: { kind: 'count', count: 7 } };
const open = (document: PipelineDocument): Promise<void> =>
  userEvent.upload(
    page.getByLabelText('Open a document'),
    new File([JSON.stringify(document)], 'dropped.millrace.json', { type: 'application/json' }),
  );

/** Runs go on until they are stopped, and `end` says when a stopped one has ended. */
function endless(services: ReturnType<typeof fakeServices>) {
  const finish = services.live.run.bind(services.live);
  const books = { stopped: 0, end: (): void => {} };
  services.live.run = (request) => {
    const handle = finish(request);
    const done = new Promise<RunReport>((resolve) => {
      books.end = () => void handle.done.then(resolve);
      void handle.done.then(({ trace }) => {
        const { stages } = request.pipeline;
        const none = stages.map(() => 0);
        const progress = { trace, total: 20, queued: none, running: none, blocked: none };
        request.onProgress?.(progress);
        // Also of a run that is being stopped there may be one more.
        setTimeout(() => request.onProgress?.(progress), 100);
      });
    });
    return {
      ...handle,
      done,
      stop: () => {
        books.stopped++;
        setTimeout(books.end, 200);
      },
    };
  };
  return books;
}

it('stops the run when another document is opened, and shows nothing of it there', async () => {
  const services = await openDocument(chain);
  const books = endless(services);
  await run.click();
  const source = page.getByLabelText('Graph', { exact: true }).getByText(/20 in/);
  await expect.element(source).toBeVisible();
  await open(other);
  await expect.element(name).toHaveValue('Other');
  expect(books.stopped).toBe(1);
  const told = page.getByText(/The run of “Chain” was stopped.*Undo brings the document back/);
  await expect.element(told).toBeVisible();
  await expect.element(run).toBeVisible();
  expect(source.elements()).toEqual([]);
  await expect.element(details('Notes')).toHaveAttribute('aria-selected', 'true');
  await details('Results').click();
  await expect.element(page.getByText(/Nothing has run yet/)).toBeVisible();
  await expect
    .element(page.getByLabelText('Schedule', { exact: true }))
    .toHaveTextContent(/Measured –/);
});

it('lets no undo end a run: it is to be stopped first', async () => {
  const services = await openDocument(chain);
  await open(other);
  await expect.element(name).toHaveValue('Other');
  const books = endless(services);
  await run.click();
  await expect.element(stopRun).toBeVisible();
  await page.getByLabelText('Undo').click();
  await expect.element(page.getByText(/stop it before you undo opening it/)).toBeVisible();
  await expect.element(name).toHaveValue('Other');
  expect(books.stopped).toBe(0);
  await stopRun.click();
  await expect.element(run).toBeVisible();
  await page.getByLabelText('Undo').click();
  await expect.element(name).toHaveValue('Chain');
  await details('Results').click();
  await expect.element(page.getByText(/Nothing has run yet/)).toBeVisible();
});

it('stops measuring the speedup when another document is opened, and shows none of it', async () => {
  const services = await openDocument(chain);
  const measure = page.getByRole('button', { name: 'Measure speedup' });
  await details('Speedup').click();
  await measure.click();
  await expect.element(page.getByText(/pairs/).first()).toBeVisible();
  await open(other);
  await expect.element(page.getByText(/The experiment of “Chain” was stopped/)).toBeVisible();
  await expect.element(run).toBeVisible();
  const begun = services.runs.length;
  await details('Speedup').click();
  await expect.element(measure).toBeEnabled();
  await expect
    .element(page.getByText(/Stopped\.|Warming up|Each dot is one pair/))
    .not.toBeInTheDocument();
  // Several times as long as a run of it takes.
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(services.runs.length).toBe(begun);
});

for (const button of ['Compare', 'Measure and save a baseline']) {
  it(`says that it stops what “${button}” was measuring`, async () => {
    const services = await openDocument({
      ...chain,
      variants: [{ name: 'wide', set: { '/stages/second/permits': 2 } }],
    });
    endless(services);
    await details('Compare').click();
    await page.getByRole('button', { name: button, exact: true }).click();
    await expect.poll(() => services.runs.length).toBe(1);
    await open(other);
    await expect.element(page.getByText(/The experiment of “Chain” was stopped/)).toBeVisible();
    await expect.element(run).toBeVisible();
  });
}

const tooLarge: PipelineDocument = {
  ...chain,
  name: 'Too large',
  source: { kind: 'count', count: 10_000_000 },
};

it('predicts a small document at once, whatever was being predicted before', async () => {
  const services = fakeServices({ text: JSON.stringify(chain) });
  const simulator = new SimulatorClient();
  const stop = vi.fn(() => simulator.stop());
  services.predictor = { predict: (...what) => simulator.predict(...what), stop };
  await openPage(services);
  await expect.element(predicted).toHaveTextContent('Predicted 200 ms');
  await open(tooLarge);
  await expect.element(predicted).toHaveTextContent('Predicting…');
  expect(stop).not.toHaveBeenCalled();
  await open(other);
  await expect.element(predicted).toHaveTextContent('Predicted 68 ms');
  // The same again, by an edit.
  await open(tooLarge);
  await expect.element(predicted).toHaveTextContent('Predicting…');
  await page.getByLabelText('Graph', { exact: true }).getByText('Source').click();
  const count = page.getByLabelText('Count', { exact: true });
  await count.fill('7');
  await userEvent.keyboard('{Enter}');
  await expect.element(predicted).toHaveTextContent('Predicted 68 ms');
  expect(stop).toHaveBeenCalled();
});

it('clears at once what was said of the document before', async () => {
  const services = fakeServices({ text: JSON.stringify(chain) });
  let refuse: (() => void) | null = null;
  let end = (): void => {};
  let stopped = 0;
  services.predictor = {
    predict: () =>
      new Promise((resolve, reject) => {
        refuse ??= () => reject(new Error('This one is too large.'));
        end = () => resolve(null);
      }),
    stop: () => {
      stopped++;
      end();
    },
  };
  await openPage(services);
  await expect.element(predicted).toHaveTextContent('Predicting…');
  refuse!();
  await expect.element(predicted).toHaveTextContent('No prediction');
  const sentence = page.getByText('This one is too large.');
  await expect.element(sentence).toBeVisible();
  await stageNode('First').click();
  await name.fill('Renamed');
  await expect.element(predicted).toHaveTextContent('Predicting…');
  expect(sentence.elements()).toEqual([]);
  await open(other);
  await expect.element(name).toHaveValue('Other');
  expect(stopped).toBe(1);
});
