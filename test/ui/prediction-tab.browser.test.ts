import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { fakeServices } from './fake-services.ts';
import { chain, closePage, openPage } from './open-page.ts';
import { savedBy } from './saved-files.ts';

afterEach(closePage);
const text = JSON.stringify(chain);

async function openTab(services = fakeServices({ text })): Promise<typeof services> {
  await openPage(services);
  await page.getByRole('tab', { name: 'Prediction' }).click();
  return services;
}
const browser = () => page.getByRole('radio', { name: 'This browser' });
const measure = () => page.getByRole('button', { name: /Measure this browser/ });

describe('the machine that is predicted', () => {
  it('is the ideal one until this browser was measured, and then this browser, also next time', async () => {
    const services = await openTab();
    await expect.element(page.getByRole('radio', { name: 'Ideal machine' })).toBeChecked();
    await expect.element(browser()).toBeDisabled();
    await measure().click();
    await expect.element(browser()).toBeChecked();
    await expect.element(page.getByText(/What was measured of this browser/)).toBeVisible();
    closePage();
    await openTab(services);
    await expect.element(browser()).toBeChecked();
  });

  it('is chosen with the arrow keys, and the header’s prediction follows', async () => {
    await openTab();
    await measure().click();
    await expect.element(browser()).toBeChecked();
    const predicted = page.getByText(/^Predicted \d/).first();
    await expect.element(predicted).toBeVisible();
    const here = predicted.element().textContent;
    (browser().element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowLeft}');
    await expect.element(page.getByRole('radio', { name: 'Ideal machine' })).toBeChecked();
    await expect.poll(() => predicted.element().textContent).not.toBe(here);
  });

  it('says where it was disturbed while it was measured, without anybody unfolding anything', async () => {
    const services = fakeServices({ text });
    const found = await services.calibrate();
    services.calibrate = async () => ({ ...found, twoWorkerRatio: 1.2 });
    await openTab(services);
    await measure().click();
    const caution = page.getByText(/other programs may have been busy/);
    await expect.element(caution).toBeVisible();
    services.calibrate = async () => ({ ...found, twoWorkerRatio: 1.9 });
    await measure().click();
    await expect.element(caution).not.toBeInTheDocument();
  });

  it('says in one sentence why a browser could not be measured', async () => {
    const services = fakeServices({ text });
    services.calibrate = () => Promise.reject(new Error('Calibration took too long.'));
    await openTab(services);
    await measure().click();
    await expect
      .element(page.getByText('This browser could not be measured: Calibration took too long.'))
      .toBeVisible();
  });
});

describe('a run beside its prediction', () => {
  it('has its errors whole and by stage, and their causes add up', async () => {
    await openTab();
    await expect.element(page.getByText(/Nothing was run yet/)).toBeVisible();
    await measure().click();
    await expect.element(browser()).toBeChecked();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect.element(page.getByTestId('prediction-error')).toBeVisible();
    const table = page.getByRole('table', { name: 'Predicted and measured, whole and by stage' });
    await expect.element(table.getByRole('rowheader', { name: 'Second' })).toBeVisible();
    const causes = page.getByRole('slider', { name: /cause by cause/ });
    await expect
      .element(causes)
      .toHaveAttribute('aria-valuetext', expect.stringMatching(/^Unexplained/));
    (causes.element() as HTMLElement).focus();
    await userEvent.keyboard('{Home}{ArrowRight}{ArrowRight}');
    await expect
      .element(causes)
      .toHaveAttribute('aria-valuetext', expect.stringMatching(/^Dispatch: \+/));
  });

  it('is not there when the cache answered, in Why neither, until it is run without the cache', async () => {
    const services = fakeServices({ text });
    const run = services.live.run.bind(services.live);
    services.live.run = (request) => {
      const handle = run(request);
      const done = handle.done.then((report) => {
        if (request.cache === 'on') report.trace.meta.stages[0]!.cacheHits = 12;
        return report;
      });
      return { ...handle, done };
    };
    await openTab(services);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const schedule = page.getByRole('region', { name: 'Schedule' });
    await expect.element(schedule).toHaveTextContent(/12 cache hits/);
    const error = page.getByTestId('prediction-error');
    const said = page.getByRole('tabpanel').getByText(/^The cache answered 12 tasks of this run/);
    await expect.element(said).toBeVisible();
    await expect.element(error).not.toBeInTheDocument();
    await page.getByRole('tab', { name: /^Why/ }).click();
    const title = page.getByRole('heading', { name: 'Prediction error' });
    await expect.element(title).toBeVisible();
    await expect.element(said).toBeVisible();
    const makespan = page.getByRole('cell', { name: 'Makespan', exact: true });
    await expect.element(makespan).not.toBeInTheDocument();
    await page.getByRole('button', { name: 'Run without the cache' }).click();
    await expect.element(makespan).toBeVisible();
    await expect.element(said).not.toBeInTheDocument();
    expect(services.runs.map(({ cache }) => cache)).toEqual(['on', 'off']);
    await page.getByRole('tab', { name: 'Prediction' }).click();
    await expect.element(error).toBeVisible();
    await expect.element(schedule).toHaveTextContent(/as predicted/);

    // Here the button is gone with the run that it began: the hand stays with what it was about.
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect.element(said).toBeVisible();
    (page.getByRole('button', { name: 'Run without the cache' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect
      .element(page.getByRole('heading', { name: 'Predicted against measured' }))
      .toHaveFocus();
  });
});

it('asks for no second run where one could not measure the code, and leads to what failed', async () => {
  const [first, second] = chain.stages;
  const source = 'export default () => { throw new Error("bad item"); }';
  const failing = { ...chain, stages: [first!, { ...second!, work: { kind: 'code', source } }] };
  const services = fakeServices({ text: JSON.stringify(failing) });
  const run = services.live.run.bind(services.live);
  services.live.run = (request) => {
    const handle = run(request);
    const done = handle.done.then((report) => {
      const stage = report.trace.meta.stages[1]!;
      stage.failed = stage.delivered;
      stage.delivered = 0;
      return report;
    });
    return { ...handle, done };
  };
  await openTab(services);
  const panel = page.getByRole('tabpanel');
  await expect.element(panel.getByText(/has not been measured yet.*run it once/)).toBeVisible();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const results = page.getByRole('tab', { name: /^Results/ });
  await expect.element(results).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('tab', { name: 'Prediction' }).click();
  const learnt = /“Second” could not be measured.*nothing was delivered by it/;
  await expect.element(panel.getByText(learnt).first()).toBeVisible();
  expect(panel.getByText(learnt).elements()).toHaveLength(2);
  await expect.element(panel).not.toHaveTextContent(/run it (once|again)/i);
  await page.getByRole('tab', { name: 'Sweep & tune' }).click();
  await panel.getByRole('button', { name: 'Suggest two fields' }).click();
  await panel.getByRole('button', { name: /^Simulate \d/ }).click();
  await expect.element(panel.getByRole('alert')).toHaveTextContent(learnt);
  await page.getByRole('tab', { name: 'Prediction' }).click();
  await panel.getByRole('button', { name: 'Show what failed' }).click();
  await expect.element(results).toHaveAttribute('aria-selected', 'true');
});

it('where no items came, Why and What if have nothing to tell of, and say so', async () => {
  await openTab(
    fakeServices({ text: JSON.stringify({ ...chain, source: { kind: 'count', count: 0 } }) }),
  );
  for (const ran of [false, true]) {
    if (ran) await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('tab', { name: /^Why/ }).click();
    await expect
      .element(page.getByText('No items came, so there is nothing to explain.'))
      .toBeVisible();
    await page.getByRole('tab', { name: 'What if' }).click();
    await expect
      .element(page.getByText('No items came, so there is nothing to replay.'))
      .toBeVisible();
  }
});

it('other machines are predicted, with this one marked, and say so', async () => {
  await openTab(fakeServices({ text: JSON.stringify({ ...chain, machine: { workers: 2 } }) }));
  await expect.element(page.getByText('predicted, not measured')).toBeVisible();
  const chart = page.getByRole('slider', { name: 'Predicted makespan against cores' });
  await expect
    .element(chart)
    .toHaveAttribute('aria-valuetext', expect.stringMatching(/as many as this machine has/));
  (chart.element() as HTMLElement).focus();
  await userEvent.keyboard('{End}');
  await expect
    .element(chart)
    .toHaveAttribute('aria-valuetext', expect.stringMatching(/^64 cores: /));
  const figure = page.getByRole('figure').filter({ has: chart });
  const saved = await savedBy(() => figure.getByRole('button', { name: 'CSV' }).click());
  const [head, ...rows] = saved.text.trimEnd().split('\r\n');
  expect([saved.name, head]).toEqual([
    'cores.csv',
    'Cores,Workers as they are (ms),One worker a core (ms)',
  ]);
  expect(rows.map((row) => row.split(',')[0])).toEqual(['1', '2', '4', '8', '16', '32', '64']);
  expect(
    rows.every((row) =>
      row
        .split(',')
        .slice(1)
        .every((ms) => Number(ms) > 0),
    ),
  ).toBe(true);
});
