import axe from 'axe-core';
import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { Outcome } from '../../src/trace/types.ts';
import { cacheRow } from './fake-cache.ts';
import { cached, many, openCache, own, panel, run, show } from './open-cache.ts';
import { chain, closePage, details } from './open-page.ts';

afterEach(() => {
  closePage();
  localStorage.removeItem('millrace-theme');
});

it('says what to do before anything has run, and what is kept against the limit', async () => {
  await openCache({ kept: { [own]: many(3) } });
  await expect.element(panel).toHaveTextContent(/Kept 3 Size 3 KiB of/);
  await expect.element(panel).toHaveTextContent(/Nothing has run yet/);
});

it('shows the hit rate over time and the saving of each stage, in a table too', async () => {
  await openCache();
  await run();
  const chart = page.getByRole('slider', { name: 'Hit rate over time' });
  await expect
    .poll(() => chart.query()?.getAttribute('aria-valuetext'))
    .toMatch(/: Lately (\d+ %|–), So far \d+ %$/);
  const row = page.getByRole('row', { name: /^First/ });
  const cells = Array.from(row.element().querySelectorAll('td'), ({ textContent }) => textContent);
  const [hits, misses] = [Number(cells[1]), Number(cells[2])];
  expect(misses).toBeGreaterThan(10);
  expect(misses).toBeLessThanOrEqual(40);
  expect(hits + misses).toBe(200);
  // Each miss is 4 ms of work; whoever waited for another's computation is a hit.
  expect(cells[5]).toBe('4 ms');
  expect(cells[6]).toBe(`${hits * 4} ms`);
  await show('Table');
  await expect.element(page.getByRole('row').last()).toBeVisible();
  expect(
    page.getByRole('table', { name: 'Hit rate over time' }).getByRole('row').all(),
  ).toHaveLength(121);
});

it('reads the chart with the arrow keys', async () => {
  await openCache();
  await run();
  const chart = page.getByRole('slider', { name: 'Hit rate over time' });
  await expect.element(chart).toBeVisible();
  chart.element().focus();
  await userEvent.keyboard('{End}{ArrowLeft}');
  await expect.element(chart).toHaveAttribute('aria-valuenow', '118');
  await userEvent.keyboard('{Home}');
  await expect.element(chart).toHaveAttribute('aria-valuenow', '0');
  await userEvent.keyboard('{ArrowLeft}{PageUp}');
  await expect.element(chart).toHaveAttribute('aria-valuenow', '10');
});

it('tells the computing of an earlier run, though the cache was turned on elsewhere since', async () => {
  const { services } = await openCache();
  const { live } = services;
  let runs = 0;
  services.live = {
    run(request) {
      const handle = live.run(request);
      const isSecond = runs++ > 0;
      const done = handle.done.then((report) => {
        // The second run found all that the first had kept.
        const { tasks } = report.trace;
        if (isSecond)
          tasks.outcome = tasks.outcome.map((outcome, row) =>
            tasks.stage[row] === 0 ? Outcome.hit : outcome,
          );
        return report;
      });
      return { ...handle, done };
    },
  };
  await run();
  await expect.element(page.getByRole('row', { name: /^First/ })).toHaveTextContent(/4 ms/);
  await page.getByRole('combobox', { name: 'Stage to inspect' }).selectOptions('Second');
  await page.getByText('Cache', { exact: true }).first().click();
  await page.getByLabelText('Keep results', { exact: true }).selectOptions('on');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.element(panel).toHaveTextContent(/Of an earlier run/);
  await expect.element(page.getByRole('row', { name: /^First/ })).toHaveTextContent(/1.*4 ms/);
});

it('says that a full cache lets results go, and what the words mean without a mouse', async () => {
  const { cache } = await openCache({
    kept: { [own]: many(1024) },
    document: { ...cached, cache: { maxSize: 1_048_576 } },
  });
  cache.metrics = { ...cache.metrics, evictions: 7 };
  await run();
  await expect.element(panel).toHaveTextContent(/The cache is full: it lets results go/);
  const summary = panel.getByText('What these words mean');
  const details = summary.element().closest('details')!;
  expect(details.open).toBe(false);
  summary.element().focus();
  await userEvent.keyboard('{Enter}');
  expect(details.open).toBe(true);
  await expect.element(panel).toHaveTextContent(/Look-up\s*What one look-up took/);
});

it('says that caching does not pay, with both numbers, and turns it off with one press', async () => {
  const { services } = await openCache();
  const { live } = services;
  services.live = {
    run(request) {
      const handle = live.run(request);
      const done = handle.done.then((report) => {
        const { tasks } = report.trace;
        // As if every look-up had taken 10 ms, one after the other.
        for (let row = 0; row < tasks.count; row++) {
          if (tasks.stage[row] !== 0 || tasks.worker[row]! < 0) continue;
          tasks.ready = tasks.ready.slice();
          tasks.arrive = tasks.arrive.slice();
          tasks.arrive[row] = row * 10;
          tasks.ready[row] = row * 10 + 10;
        }
        return report;
      });
      return { ...handle, done };
    },
  };
  await run();
  const sentence =
    /Caching “First” does not pay: a look-up took 10 ms, computing the result takes 4 ms/;
  await expect.element(panel).toHaveTextContent(sentence);
  await details('Why').click();
  await expect.element(panel).toHaveTextContent(sentence);
  await details('Cache').click();
  await page.getByRole('button', { name: 'Turn it off' }).click();
  await expect.element(panel).toHaveTextContent(/It is off now/);
  await page.getByLabelText('Undo').click();
  await expect.element(page.getByRole('button', { name: 'Turn it off' })).toBeVisible();
});

it('pages and sorts however many entries there are, and draws one page of them', async () => {
  const rows = Array.from({ length: 100_000 }, (_, index) =>
    cacheRow(index, { hits: index % 1000, bytes: index + 1, storedBytes: 8 }),
  );
  await openCache({ kept: { [own]: rows } });
  await show('Entries');
  const table = page.getByRole('table', { name: 'Results kept for this document' });
  await expect.element(panel).toHaveTextContent('1–50 of 100,000');
  expect(table.getByRole('row').all()).toHaveLength(51);
  await show('Size');
  await expect.element(table.getByRole('row').nth(1)).toHaveTextContent('97.7 KiB');
  await expect
    .element(page.getByRole('columnheader', { name: 'Size' }))
    .toHaveAttribute('aria-sort', 'descending');
  await show('Last');
  await expect.element(panel).toHaveTextContent('99,951–100,000 of 100,000');
  await expect.element(table.getByRole('row').nth(50)).toHaveTextContent('1 B');
  await expect.element(page.getByRole('button', { name: 'Next', exact: true })).toBeDisabled();
});

it('deletes one entry by keyboard, says so, and goes on with the next', async () => {
  const { cache } = await openCache({ kept: { [own]: many(3), Other: many(2) } });
  await show('Entries');
  const buttons = page.getByRole('button', { name: /^Delete 0000/ });
  await expect.poll(() => buttons.all().length).toBe(3);
  buttons.nth(1).element().focus();
  await userEvent.keyboard('{Enter}');
  await expect
    .element(panel.getByRole('status'))
    .toHaveTextContent(/Deleted one result of “First” \(1 KiB\)/);
  await expect.poll(() => buttons.all().length).toBe(2);
  expect(document.activeElement).toBe(buttons.nth(1).element());
  await expect.element(panel).toHaveTextContent(/Kept 2/);
  await show('Delete all');
  await expect.element(panel).toHaveTextContent(/Deleted all 2 results.*/);
  await expect.element(panel).toHaveTextContent(/Nothing is kept for this document/);
  expect(Object.keys(cache.kept)).toEqual(['Other']);
});

it('lists what other documents keep, and what the browser allows', async () => {
  const { cache } = await openCache({
    kept: { [own]: many(3), 'gallery Other': many(5), 'work gone': many(1) },
  });
  await show('Storage');
  await expect
    .element(panel)
    .toHaveTextContent(/This site takes .* of the .* that this browser lets it use/);
  await expect
    .element(page.getByRole('row', { name: /Other/ }))
    .toHaveTextContent(/Other \(gallery\)\s*5\s*5 KiB/);
  await expect.element(page.getByRole('row', { name: /Chain/ })).toHaveTextContent(/this one/);
  await expect
    .element(page.getByRole('row', { name: /^A document never edited, or no longer kept/ }))
    .toHaveTextContent(/1 KiB/);
  await show('Delete the results of Other (gallery)');
  await expect
    .element(panel.getByRole('status'))
    .toHaveTextContent('Deleted 5 results of “Other (gallery)” (5 KiB).');
  expect(Object.keys(cache.kept)).toEqual([own, 'work gone']);
  await show('Delete the results of all documents');
  await expect.element(panel).toHaveTextContent(/No document has any result kept/);
  await expect.element(panel).toHaveTextContent(/Kept 0/);
});

it('says why nothing is kept where storage is refused', async () => {
  const { cache } = await openCache();
  cache.why = 'Results are not kept for the next run: storage was refused.';
  cache.rows = async () => {
    throw new Error('storage was refused');
  };
  await run();
  await expect.element(panel).toHaveTextContent(/Results are not kept .* storage was refused/);
  await show('Entries');
  await expect
    .element(panel.getByRole('alert'))
    .toHaveTextContent(/cannot be listed: storage was refused/);
});

it('looks at the cache again and again while a run goes on, and no more after it', async () => {
  const { services, cache } = await openCache();
  const { live } = services;
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  services.live = {
    run(request) {
      const handle = live.run(request);
      return { ...handle, done: ended.then(() => handle.done) };
    },
  };
  const state = vi.spyOn(cache, 'state');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  cache.kept = { [own]: many(7) };
  await expect.element(panel).toHaveTextContent(/Kept 7/);
  cache.metrics = { ...cache.metrics, evictions: 12 };
  await expect.element(panel).toHaveTextContent(/Evicted 12/);
  end();
  await expect.element(page.getByTestId('said')).toHaveTextContent(/delivered/);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const calls = state.mock.calls.length;
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(state.mock.calls.length).toBe(calls);
});

it('kills a run that counts, and shows what the kill has lost', async () => {
  const source = "export default (x, ctx) => ctx.counter.add('cursor', 1);";
  const document: PipelineDocument = {
    ...chain,
    stages: [{ id: 'first', name: 'First', work: { kind: 'code', source } }],
  };
  const { services } = await openCache({ document });
  const { live } = services;
  const kill = vi.fn();
  services.live = {
    run(request) {
      const handle = live.run(request);
      const killed = new Promise<void>((resolve) => kill.mockImplementation(resolve));
      const counter = { name: 'cursor', value: 109, updates: 109, writes: 10, written: 100 };
      const counters = [{ ...counter, unwritten: 9, lost: 9 }];
      const done = killed.then(() => handle.done).then((report) => ({ ...report, counters }));
      return { ...handle, done, kill };
    },
  };
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await show('Kill the run');
  expect(kill).toHaveBeenCalledOnce();
  const row = page.getByRole('row', { name: /^cursor/ });
  await expect.element(row).toBeVisible();
  await expect.poll(() => window.document.activeElement?.tagName).toBe('TABLE');
  await expect.element(panel).not.toHaveTextContent(/Turn “Keep results” on/);
  await expect.element(row).toHaveTextContent(/cursor\s*109\s*109\s*10\s*100\s*9\s*9/);
  await expect.element(page.getByRole('button', { name: 'Kill the run' })).not.toBeInTheDocument();
});

it('offers no kill to a run that counts nothing', async () => {
  const { services } = await openCache();
  const { live } = services;
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  services.live = {
    run(request) {
      const handle = live.run(request);
      return { ...handle, done: ended.then(() => handle.done) };
    },
  };
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.element(page.getByRole('button', { name: 'Pause' })).toBeInTheDocument();
  await expect.element(page.getByRole('button', { name: 'Kill the run' })).not.toBeInTheDocument();
  end();
  await expect.element(page.getByTestId('said')).toHaveTextContent(/delivered/);
});

it('has the settings of the whole cache among those of the machine; a time to live of 0 is no limit', async () => {
  const { services } = await openCache({ document: { ...cached, cache: { ttl: 0 } } });
  await page.getByRole('button', { name: 'Machine', exact: true }).click();
  await page.getByText('Cache of the document').click();
  const noLimit = page.getByLabelText('Time to live: no limit');
  await expect.element(noLimit).toBeChecked();
  await noLimit.click();
  await expect.element(page.getByLabelText('Time to live', { exact: true })).toHaveValue('1 h');
  await page.getByLabelText('Largest size', { exact: true }).fill('2 MiB');
  await expect.element(panel).toHaveTextContent(/Size 0 B of 2 MiB/);
  await page.getByLabelText('Policy', { exact: true }).selectOptions('w-tinylfu');
  await expect.element(page.getByText(/Keeps a newcomer only if/)).toBeVisible();
  await run();
  expect(services.runs[0]!.pipeline.cache).toMatchObject({
    ttl: 3_600_000,
    maxSize: 2_097_152,
    policy: 'w-tinylfu',
  });
});

it('says after a run that its cache does not pay', async () => {
  const { services } = await openCache();
  const { live } = services;
  services.live = {
    run(request) {
      const handle = live.run(request);
      const done = handle.done.then((report) => {
        const { tasks } = report.trace;
        tasks.arrive = tasks.arrive.map((ms, row) => (tasks.stage[row] === 0 ? ms - 500 : ms));
        tasks.ready = tasks.ready.slice();
        return report;
      });
      return { ...handle, done };
    },
  };
  await run();
  await expect
    .element(page.getByText(/^Caching “First” does not pay: a look-up took/).first())
    .toBeVisible();
});

for (const [widthPx, heightPx] of [
  [1440, 900],
  [390, 844],
] as const) {
  for (const theme of ['light', 'dark'] as const) {
    it(`axe finds nothing in any part at ${widthPx} px in the ${theme} theme`, async () => {
      localStorage.setItem('millrace-theme', theme);
      await openCache({ kept: { [own]: many(120), Other: many(5) } }, { widthPx, heightPx });
      await run();
      for (const part of ['This run', 'Entries', 'Storage', 'Cache lab']) {
        await show(part);
        await expect.element(page.getByText('Looking…')).not.toBeInTheDocument();
        await expect.element(panel.getByRole('progressbar')).not.toBeInTheDocument();
        const { violations } = await axe.run(window.document.body, {
          resultTypes: ['violations'],
          // The test's frame is no page: its landmarks and title are not ours.
          rules: { region: { enabled: false } },
        });
        expect(
          violations.map(
            ({ id, nodes }) => `${part}: ${id}: ${nodes.map((n) => n.target.join(' ')).join(', ')}`,
          ),
        ).toEqual([]);
        expect(window.document.documentElement.scrollWidth).toBeLessThanOrEqual(widthPx);
      }
    });
  }
}
