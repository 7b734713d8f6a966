import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { many, openCache, own, panel, show } from './open-cache.ts';
import { closePage } from './open-page.ts';

afterEach(closePage);

it('draws a curve a policy under the ceiling, and says who comes nearest to it', async () => {
  const { services } = await openCache();
  const lab = await services.cacheLab();
  // Few look-ups: here they are replayed on the page's own thread.
  services.cacheLab = async () => ({
    run: ({ trace, ...request }, onProgress) =>
      trace.kind === 'recorded'
        ? Promise.resolve(null)
        : lab.run({ ...request, trace: { ...trace, requests: 4000 } }, onProgress),
    stop: () => lab.stop(),
  });
  await show('Cache lab');
  const chart = page.getByRole('slider', { name: 'Hit rate by size' });
  await expect.element(chart).toBeVisible();
  expect(chart.element().querySelectorAll('path')).toHaveLength(6);
  await expect.element(panel).toHaveTextContent(/Over all sizes W-TinyLFU finds most/);
  await panel.getByLabelText('FIFO').click();
  const soon = { timeout: 20_000 };
  await expect.poll(() => chart.query()?.querySelectorAll('path').length, soon).toBe(5);
  // A knob by keyboard: other keys, other curves.
  const before = chart.element().getAttribute('aria-valuetext');
  panel.getByLabelText('Different keys', { exact: true }).element().focus();
  await userEvent.keyboard('{PageUp}');
  await expect.poll(() => chart.query()?.getAttribute('aria-valuetext'), soon).not.toBe(before);
  await panel.getByLabelText('Fetch neighbours ahead').click();
  await expect.element(panel).toHaveTextContent(/there is no known ceiling/);
  await expect.poll(() => chart.query()?.querySelectorAll('path').length, soon).toBe(4);
});

it('replays what the document itself has asked for, or says that there is nothing', async () => {
  const { cache } = await openCache({ kept: { [own]: many(50) } });
  await show('Cache lab');
  await panel.getByRole('combobox', { name: /^Look-ups/ }).selectOptions('recorded');
  await expect.element(panel).toHaveTextContent(/100 look-ups of 50 keys, 50 KiB in all/);
  cache.kept = {};
  await panel.getByLabelText('LFU', { exact: true }).click();
  await expect.element(panel).toHaveTextContent(/has looked nothing up since the page was opened/);
});

it('shows how far a replay is, and stops it at once', async () => {
  const { services } = await openCache();
  const stop = vi.fn();
  services.cacheLab = async () => ({
    run: (_, onProgress) =>
      new Promise((resolve) => {
        onProgress(0.25);
        stop.mockImplementation(() => resolve(null));
      }),
    stop,
  });
  await show('Cache lab');
  await expect.element(panel.getByRole('progressbar')).toHaveAttribute('value', '0.25');
  await show('Stop');
  await expect.element(panel).toHaveTextContent(/Stopped\./);
  expect(stop).toHaveBeenCalled();
  await show('Replay');
  await expect.element(panel.getByRole('progressbar')).toHaveAttribute('value', '0.25');
});
