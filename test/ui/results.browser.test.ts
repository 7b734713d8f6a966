import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { DeliveredResult, RunReport } from '../../src/engine/runner.ts';
import { TraceBuilder } from '../../src/trace/builder.ts';
import { emptyMeta } from '../../src/trace/empty-trace.ts';
import { chain, closePage, details, openDocument } from './open-page.ts';

afterEach(closePage);

/** The next run ends with this in its report. */
async function openWith(change: Partial<RunReport>): Promise<void> {
  const services = await openDocument(chain);
  const { live } = services;
  services.live = {
    run(request) {
      const handle = live.run(request);
      return { ...handle, done: handle.done.then((report) => ({ ...report, ...change })) };
    },
  };
  await details(/^Results/).click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
}
const outputs = (count: number): DeliveredResult[] =>
  Array.from({ length: count }, (_, index) => ({
    item: `${index}`,
    stage: 'second',
    value: index,
  }));

it('says how many outputs there are when they are not one an item', async () => {
  await openWith({ results: [{ item: 'second', stage: 'second', value: 'all of it' }] });
  await expect.element(page.getByText(/20 of 20 items delivered, as 1 output, in/)).toBeVisible();
});

it('says nothing of outputs when there is one an item', async () => {
  await openWith({ results: outputs(20) });
  await expect.element(page.getByText(/20 of 20 items delivered in/)).toBeVisible();
});

it('shows the outputs of items whose other parts were lost', async () => {
  const trace = new TraceBuilder(emptyMeta('live'));
  trace.meta.ended = 'done';
  trace.meta.makespan = 5;
  trace.meta.items = { emitted: 3, delivered: 0, failed: 1, dropped: 2, cancelled: 0 };
  await openWith({ trace, results: [{ item: '0.1', stage: 'second', value: new Date(NaN) }] });
  await expect
    .element(page.getByText(/0 of 3 items delivered whole, with 1 output, in/))
    .toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Invalid Date' })).toBeVisible();
});

it('says that nothing was done by a run that was stopped before its clock started', async () => {
  const trace = new TraceBuilder(emptyMeta('live'));
  trace.meta.ended = 'stopped';
  trace.meta.items = { emitted: 64, delivered: 0, failed: 0, dropped: 0, cancelled: 64 };
  await openWith({ trace, results: [] });
  await expect.element(page.getByText(/Stopped before the clock started/)).toBeVisible();
  await expect.element(page.getByText(/of 64 items/)).not.toBeInTheDocument();
});

it('is one stop of the Tab key, with the arrow keys inside', async () => {
  await openWith({ results: outputs(20) });
  const table = page.getByRole('table', { name: 'Delivered outputs' });
  await expect.element(table).toBeVisible();
  const rows = Array.from(table.element().querySelectorAll('button'));
  expect(rows.filter(({ tabIndex }) => tabIndex === 0)).toEqual([rows[0]]);
  rows[0]!.focus();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
  expect(document.activeElement).toBe(rows[2]);
  await expect.element(table.getByText('2', { exact: true }).last()).toBeVisible();
  expect(rows[2]!.getAttribute('aria-expanded')).toBe('true');
  await userEvent.keyboard('{End}');
  expect(document.activeElement).toBe(rows[19]);
  await userEvent.tab();
  expect(rows).not.toContain(document.activeElement);
  await userEvent.tab({ shift: true });
  expect(document.activeElement).toBe(rows[19]);
});

it('names the stage once, and the line, of what kept a run from beginning', async () => {
  const trace = { items: { emitted: 0, delivered: 0, failed: 0, dropped: 0, cancelled: 0 } };
  const services = await openDocument(chain);
  const { live } = services;
  let error = { message: 'unexpected token', stage: 'first', line: 2, column: 5 };
  services.live = {
    run(request) {
      const handle = live.run(request);
      const done = handle.done.then((report) => {
        Object.assign(report.trace.meta.items, trace.items);
        return { ...report, error, results: [] };
      });
      return { ...handle, done };
    },
  };
  await details('Results').click();
  const run = page.getByRole('button', { name: 'Run', exact: true });
  await run.click();
  const panel = page.getByRole('tabpanel');
  await expect
    .element(panel)
    .toHaveTextContent('The run did not begin. Stage "First" (line 2:5): Unexpected token.');
  error = { message: 'Stage "first" has no default export.', stage: 'first', line: 0, column: 0 };
  await run.click();
  await expect
    .element(panel)
    .toHaveTextContent('The run did not begin. Stage "First" has no default export.');
  await expect.element(page.getByRole('alert')).toHaveTextContent(/^Stage "First" has no default/);
});

it('says that stage code has no network when a fetch fails', async () => {
  await openWith({
    failures: [{ item: '3', stage: 'first', attempt: 1, message: 'TypeError: Failed to fetch' }],
  });
  await expect.element(page.getByText(/Stage code has no network/)).toBeVisible();
});

it('keeps a capped log, shows it in parts and says how much was left out', async () => {
  const line = { timeMs: 1, stage: 'first', item: '0', text: 'again' };
  await openWith({ log: Array.from({ length: 5000 }, () => line), logOmitted: 300_000 });
  await expect.element(page.getByText(/20 of 20/)).toBeVisible();
  await details('Log').click();
  await expect.element(page.getByText(/303,000 more lines were printed/)).toBeVisible();
  const lines = page.getByRole('tabpanel').getByRole('listitem');
  expect(lines.elements()).toHaveLength(200);
  await page.getByRole('button', { name: 'Show more of 2,000 lines' }).click();
  await expect.poll(() => lines.elements().length).toBe(400);
});

it('says which way a prediction was wrong', async () => {
  const services = await openDocument(chain);
  const { live } = services;
  services.live = {
    run(request) {
      const handle = live.run(request);
      const done = handle.done.then((report) => {
        report.trace.meta.makespan *= 1.25;
        return report;
      });
      return { ...handle, done };
    },
  };
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const schedule = page.getByRole('region', { name: 'Schedule' });
  await expect.element(schedule).toHaveTextContent(/25 % longer/);
  await details('Why').click();
  await expect
    .element(page.getByRole('row', { name: /Makespan/ }))
    .toHaveTextContent(/−20 %\s*measured 25 % longer/);
});

it('says why “Measure it” did not lead to a prediction', async () => {
  const source = 'export default () => { throw new Error("no"); };';
  await openDocument({
    ...chain,
    stages: [{ id: 'first', name: 'First', work: { kind: 'code', source } }],
  });
  // The button stands beside what a run measured.
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('button', { name: 'Measure it' }).click();
  const said = page.getByText(/“First” could not be measured.*some of its items failed/);
  await expect.element(said).toBeVisible();
});

it('shows the beginning of an error that would fill the panel, and all of it when asked', async () => {
  const message = `It began here ${'and went on '.repeat(400)}to the end`;
  const failure = { item: '3', stage: 'second', message, attempt: 1 };
  await openWith({ results: [], failures: [failure] });
  await details(/^Results/).click();
  const table = page.getByRole('table', { name: 'Errors' });
  await expect.element(table.getByText(/It began here/)).toBeVisible();
  await expect.element(table.getByText(/to the end/)).not.toBeInTheDocument();
  await table.getByRole('button', { name: 'Show all' }).click();
  await expect.element(table.getByText(/to the end/)).toBeVisible();
  await table.getByRole('button', { name: 'Show less' }).click();
  await expect.element(table.getByText(/to the end/)).not.toBeInTheDocument();
});
