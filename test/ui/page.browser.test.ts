import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { mountApp } from '../../src/ui/mount.ts';
import { fakeServices } from './fake-services.ts';
import { holdRuns } from './held-runs.ts';

const chain: PipelineDocument = {
  format: 'millrace/1',
  name: 'Chain',
  source: { kind: 'count', count: 20 },
  stages: [
    { id: 'first', name: 'First', work: { kind: 'synthetic', phases: [{ cpu: 4 }] } },
    {
      id: 'second',
      name: 'Second',
      after: ['first'],
      permits: 1,
      work: { kind: 'synthetic', phases: [{ cpu: 8 }] },
    },
  ],
};
const codeChain: PipelineDocument = {
  ...chain,
  stages: [
    { id: 'first', work: { kind: 'code', source: 'export default (x) => {\n  throw x;\n}' } },
  ],
};

let unmount = (): void => {};
async function open(
  document: PipelineDocument | string,
  width = 1440,
  height = 900,
  settings: Record<string, string> = {},
) {
  await page.viewport(width, height);
  const target = window.document.createElement('div');
  target.id = 'app';
  window.document.body.replaceChildren(target);
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const services = fakeServices({ text, settings });
  unmount = mountApp(target, services);
  await expect.element(page.getByLabelText('Graph', { exact: true })).toBeVisible();
  return services;
}
afterEach(() => unmount());

const stageNode = (name: string) => page.getByLabelText(new RegExp(`^Stage ${name},`));
const details = (name: string | RegExp) => page.getByRole('tab', { name });

describe('the page', () => {
  it('predicts what is opened, and anew when a knob moves; a drag is one undo', async () => {
    await open(chain);
    const predicted = page.getByRole('banner').getByText(/Predicted/);
    await expect.element(predicted).toHaveTextContent('Predicted 200 ms');
    await stageNode('Second').click();
    const slider = page.getByLabelText('Permits, slider');
    await expect.element(slider).toBeVisible();
    slider.element().focus();
    for (let step = 0; step < 3; step++) await userEvent.keyboard('{ArrowRight}');
    await expect.element(page.getByLabelText('Permits', { exact: true })).toHaveValue('4');
    await expect.element(predicted).not.toHaveTextContent('Predicted 200 ms');
    const after = predicted.element().textContent;
    // Three arrow keys in a row are one gesture.
    await page.getByLabelText('Undo').click();
    await expect.element(predicted).toHaveTextContent('Predicted 200 ms');
    await expect.element(page.getByLabelText('Undo')).toBeDisabled();
    await page.getByLabelText('Redo').click();
    await vi.waitFor(() => expect(predicted.element().textContent).toBe(after));
  });

  it('runs with Ctrl+Enter, lists what was delivered and says how far off the prediction was', async () => {
    await open(chain);
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(page.getByText(/20 of 20 items delivered/)).toBeVisible();
    await details('Why').click();
    await expect.element(page.getByText(/Second holds everything back/).first()).toBeVisible();
    await expect.element(page.getByRole('cell', { name: 'Makespan' })).toBeVisible();
  });

  it('offers to measure code that has no model, then predicts it, and undo takes that back', async () => {
    await open({
      ...chain,
      stages: [{ id: 'only', work: { kind: 'code', source: 'export default (x) => x' } }],
    });
    await page.getByRole('button', { name: 'Measure it' }).click();
    await expect.element(page.getByRole('banner').getByText('Predicted 50 ms')).toBeVisible();
    await page.getByLabelText('Undo').click();
    await expect.element(page.getByRole('banner').getByText('No prediction')).toBeVisible();
  });

  it('shows item, stage, message and place of a failure, and leads to the code', async () => {
    await open(codeChain);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect.element(page.getByText('bad item')).toBeVisible();
    await page.getByRole('button', { name: 'line 2' }).click();
    await expect.element(details('Code')).toHaveAttribute('aria-selected', 'true');
  });

  it('adds, renames, duplicates and removes stages, by keyboard too', async () => {
    await open(chain);
    await stageNode('Second').click();
    await page.getByRole('button', { name: 'Stage', exact: true }).click();
    await expect.element(stageNode('New stage')).toBeVisible();
    const name = page.getByLabelText('Name of the stage');
    await name.fill('Third');
    await userEvent.keyboard('{Enter}');
    await expect.element(stageNode('Third')).toBeVisible();
    stageNode('Third').element().focus();
    await userEvent.keyboard('{Control>}d{/Control}');
    await expect.element(stageNode('Third copy')).toBeVisible();
    stageNode('Third copy').element().focus();
    await userEvent.keyboard('{Enter}{Delete}');
    await expect.element(stageNode('Third copy')).not.toBeInTheDocument();
  });

  it('refuses a cycle with the sentence, whatever way it is asked for', async () => {
    await open(chain);
    await stageNode('First').click();
    await page.getByLabelText('Connect first after another stage').selectOptions('second');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect.element(page.getByRole('alert')).toHaveTextContent(/first.*second|second.*first/);
    await expect.element(page.getByLabelText('Undo')).toBeDisabled();
  });

  it('keeps text that cannot be read and shows where, with the last good graph', async () => {
    const services = await open('{ "format": "millrace/1", "stages": [');
    await expect.element(page.getByText(/could be read/).first()).toBeVisible();
    await expect.element(details(/Document/)).toHaveAttribute('aria-selected', 'true');
    expect(services.saved.text).toBe('{ "format": "millrace/1", "stages": [');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    expect(services.runs).toHaveLength(0);
  });

  it('opens a document from the gallery and keeps the old one an undo away', async () => {
    await open(chain);
    await page.getByRole('button', { name: 'Gallery' }).click();
    await page.getByLabelText('Search the gallery').fill('back pressure');
    await page.getByRole('button', { name: /^Back pressure/ }).click();
    await expect.element(page.getByLabelText('Name of the document')).toHaveValue('Back pressure');
    await page.getByLabelText('Undo').click();
    await expect.element(page.getByLabelText('Name of the document')).toHaveValue('Chain');
  });

  it('measures a speedup with its interval', async () => {
    await open({ ...chain, stages: [chain.stages[0]!] });
    await details('Speedup').click();
    await page.getByRole('button', { name: 'Measure speedup' }).click();
    // The strip at the top and the panel tell the same time to the first interval in the same words.
    const lefts = await vi.waitUntil(
      () => {
        const texts = [...window.document.querySelectorAll('#app *')].flatMap(
          ({ children, textContent }) =>
            children.length === 0 ? (textContent.split(' in about ')[1]?.trim() ?? []) : [],
        );
        return texts.length === 2 && texts;
      },
      { interval: 5, timeout: 5000 },
    );
    expect(lefts[0]).toBe(lefts[1]);
    await expect.element(page.getByText(/than sequential/), { timeout: 10_000 }).toBeVisible();
    await expect.element(page.getByTestId('speedup')).toHaveTextContent(/2\.?0*× \(2/);
  });

  const strip = page.getByRole('group', { name: 'Progress of the run' });

  it('says that it is paused before anything has run', async () => {
    const services = await open(chain);
    const finish = holdRuns(services);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect.element(strip).toHaveTextContent('Starting workers…');
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect.element(strip).toHaveTextContent('Paused before it began');
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect.element(strip).toHaveTextContent('Starting workers…');
    finish();
    await expect.element(page.getByText(/20 of 20 items delivered/)).toBeVisible();
  });

  it('pauses and resumes, and ends a worker that gives no sign of life, by button and by key', async () => {
    const services = await open(chain);
    const asked: string[] = [];
    const { live } = services;
    let finish = (): void => {};
    services.live = {
      run(request) {
        const real = live.run(request);
        const silent = [0, 1].map((worker) => ({
          worker,
          silentMs: 12_000,
          tasks: [{ stage: 'first', item: `${worker}` }],
        }));
        void real.done.then(({ trace }) =>
          request.onProgress?.({
            trace,
            total: 20,
            queued: [0, 0],
            running: [2, 0],
            blocked: [0, 0],
            silent,
          }),
        );
        return {
          done: new Promise((resolve) => {
            finish = () => void real.done.then(resolve);
          }),
          stop() {},
          pause: () => void asked.push('pause'),
          resume: () => void asked.push('resume'),
          endWorker: (worker) => void asked.push(`end ${worker}`),
        };
      },
    };
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect.element(page.getByText(/with item 0 of stage "First"/)).toBeVisible();
    await userEvent.keyboard('{Alt>}e{/Alt}');
    await expect.element(page.getByText(/no sign of life/)).toHaveTextContent(/Worker 1/);
    await page.getByRole('button', { name: /^End it/ }).click();
    await expect.element(page.getByText(/no sign of life/)).not.toBeInTheDocument();
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect.element(strip).toHaveTextContent(/^Paused, 2 under way · 20 of 20 items/);
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect.element(strip).not.toHaveTextContent(/Paused/);
    expect(asked).toEqual(['end 0', 'end 1', 'pause', 'resume']);
    finish();
    await expect.element(page.getByText(/20 of 20 items delivered/)).toBeVisible();
  });

  it('compares a run with what was predicted for it, and says when the document changed since', async () => {
    await open(chain);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const schedule = page.getByRole('region', { name: 'Schedule' });
    await expect.element(schedule).toHaveTextContent(/as predicted/);
    await stageNode('Second').click();
    await page.getByLabelText('Permits', { exact: true }).fill('2');
    await expect.element(schedule).toHaveTextContent(/before the change/);
    await expect.element(schedule).not.toHaveTextContent(/Error/);
    await page.getByLabelText('Undo').click();
    await expect.element(schedule).toHaveTextContent(/as predicted/);
  });

  it('follows the prediction when the document is changed after a run, and the run again after undo', async () => {
    await open(chain);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const schedule = page.getByRole('region', { name: 'Schedule' });
    await expect.element(schedule).toHaveTextContent(/Measured\s*200 ms/);
    const signs = schedule.getByRole('list', { name: 'Signs in the schedule' });
    await expect.element(signs).toHaveTextContent(/predicted$/);
    await stageNode('Second').click();
    await page.getByLabelText('Permits', { exact: true }).fill('2');
    // The chart and what is under it are of the change; both numbers stay, and the run is said to be the past.
    await expect
      .element(page.getByRole('img', { name: /^Schedule: 40 tasks over 12\d ms/ }))
      .toBeVisible();
    await expect.element(schedule).toHaveTextContent(/Predicted\s*12\d ms\s*Measured\s*200 ms/);
    await expect.element(signs).toHaveTextContent(/measured, before the change$/);
    await page.getByRole('button', { name: 'Stage', exact: true }).click();
    await expect.element(page.getByRole('img', { name: /^Queue levels.*New stage/ })).toBeVisible();
    await page.getByLabelText('Undo').click();
    await page.getByLabelText('Undo').click();
    await expect
      .element(page.getByRole('img', { name: /^Schedule: 40 tasks over 200 ms/ }))
      .toBeVisible();
    await expect.element(signs).toHaveTextContent(/predicted$/);
  });

  it('keeps work in progress', async () => {
    const services = await open(chain);
    await page.getByLabelText('Name of the document').fill('Kept');
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(services.saved.text).toContain('"Kept"'));
  });
});

describe('accessibility', () => {
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    for (const theme of ['light', 'dark'] as const) {
      it(`axe finds nothing at ${width} px in the ${theme} theme`, async () => {
        await open(chain, width, height, { theme });
        await userEvent.keyboard('{Control>}{Enter}{/Control}');
        await expect.element(page.getByText(/20 of 20 items delivered/)).toBeVisible();
        await stageNode('Second').click();
        await details('Why').click();
        const { violations } = await axe.run(window.document.body, {
          resultTypes: ['violations'],
          // The test's frame is no page: its landmarks and title are not ours.
          rules: { region: { enabled: false } },
        });
        expect(
          violations.map(
            ({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).join(', ')}`,
          ),
        ).toEqual([]);
        expect(window.document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
      });
    }
  }
});
