import axe from 'axe-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { PipelineDocument } from '../../src/pipeline/types.ts';
import { linkText } from '../../src/share/link/link-text.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { mountEmbed } from '../../src/ui/embed/mount-embed.ts';
import { fakeServices } from './fake-services.ts';
import { chain } from './open-page.ts';
import { holdRuns } from './held-runs.ts';

const coded: PipelineDocument = {
  ...chain,
  name: 'Coded',
  stages: [
    { id: 'first', name: 'First', work: { kind: 'code', source: 'export default (x) => x;' } },
  ],
};

/** On the two cores that the tests' services tell of. */
const predictedMs = simulate(parseDocument(chain).pipeline!, { cores: 2 }).trace.meta.makespan;

/** The window of the page around it: a real one, which hears what is sent to its origin. */
let around: HTMLIFrameElement;
let told: Record<string, unknown>[] = [];
/** What a window is to an embedded view: its address, its parent, and what comes. */
let frame: EventTarget;
let end = (): void => {};

beforeEach(() => {
  around = document.createElement('iframe');
  document.body.replaceChildren(around);
  told = [];
  around.contentWindow!.addEventListener('message', ({ data }) => told.push(data));
});
afterEach(() => end());

async function open(
  content: PipelineDocument | string,
  { search = '', services = fakeServices(), widthPx = 640, heightPx = 360 } = {},
) {
  await page.viewport(widthPx, heightPx);
  const hash = typeof content === 'string' ? content : await linkText({ document: content });
  const target = document.createElement('div');
  target.id = 'app';
  document.body.append(target);
  around.style.display = 'none';
  frame = Object.assign(new EventTarget(), {
    location: { search: `?embed${search}`, hash },
    parent: around.contentWindow,
  });
  end = mountEmbed(target, services, frame as Window);
  return services;
}
const ours = `&origin=${encodeURIComponent(location.origin)}`;
function ask(message: object, more: Partial<MessageEventInit> = {}): void {
  const data = { millrace: 1, ...message };
  const init = { data, origin: location.origin, source: around.contentWindow, ...more };
  frame.dispatchEvent(new MessageEvent('message', init));
}
const answer = (id: unknown) =>
  expect.poll(() => told.find((one) => one['id'] === id && one['type'] !== 'progress'));
const button = (name: string) => page.getByRole('button', { name, exact: true });
const figure = (name: string) => page.getByText(name, { exact: true }).element().parentElement!;

it.each([
  ['light', 640, 360],
  ['dark', 320, 240],
] as const)(
  'shows graph, schedule and prediction, runs only when it is told to, and fits: %s, %i × %i',
  async (theme, widthPx, heightPx) => {
    const services = await open(chain, { search: `&theme=${theme}`, widthPx, heightPx });
    await expect
      .element(
        page.getByRole('img', { name: /^Graph: First after the source; Second after First/ }),
      )
      .toBeVisible();
    await expect.element(page.getByRole('img', { name: /^Schedule, predicted: 40/ })).toBeVisible();
    expect(figure('Predicted').textContent).toBe(`Predicted ${predictedMs} ms`);
    expect(figure('Measured').textContent).toMatch(/–/);
    expect(services.runs).toEqual([]);
    const { violations } = await axe.run('#app');
    expect(violations.map(({ id }) => id)).toEqual([]);
    await button('Run').click();
    await expect.element(page.getByRole('img', { name: /^Schedule, measured: 40/ })).toBeVisible();
    expect(services.runs).toHaveLength(1);
    await expect.poll(() => figure('Measured').textContent).toMatch(/\d/);
    // Nothing of it is kept, and no part is out of sight.
    expect(services.saved).toEqual({ text: null, atOnce: null });
    const { scrollHeight, clientHeight } = document.querySelector('#app > .view')!;
    expect(scrollHeight).toBeLessThanOrEqual(clientHeight);
    expect(document.documentElement.dataset['theme']).toBe(theme);
  },
);

it('leads from task to task by keys, and says each', async () => {
  await open(chain);
  const schedule = page.getByRole('img', { name: /^Schedule, predicted/ });
  await expect.element(schedule).toBeVisible();
  (schedule.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  await expect.element(page.getByText(/^First, item \d+, 4 ms from/).first()).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByText('Predicted', { exact: true })).toBeVisible();
});

it('says what is wrong with a link, and that there is none', async () => {
  await open('#1.AAAA');
  await expect.element(page.getByRole('alert')).toHaveTextContent(/^The link is damaged/);
  expect(button('Run').query()).toBeNull();
  end();
  await open('');
  await expect.element(page.getByText(/no pipeline after its “#”/)).toBeVisible();
});

it('leads elsewhere for a pipeline that reads the reader’s files', async () => {
  await open({ ...chain, source: { kind: 'files', files: {} } });
  await expect.element(page.getByText(/open it in Millrace to run it/)).toBeVisible();
  await expect.element(button('Run')).toBeDisabled();
});

it('shows the parts that are asked for, and says what it does not understand', async () => {
  await open(chain, { search: '&parts=schedule,grpah&accent=ffee00' });
  await expect.element(page.getByRole('list', { name: 'Stages' })).toHaveTextContent('FirstSecond');
  expect(page.getByRole('img', { name: /^Graph/ }).query()).toBeNull();
  await expect.element(page.getByText(/“grpah”.*did you mean graph/)).toBeVisible();
  const { backgroundColor, color } = getComputedStyle(button('Run').element());
  expect([backgroundColor, color]).toEqual(['rgb(255, 238, 0)', 'rgb(0, 0, 0)']);
  await button('Dismiss').click();
  expect(page.getByText(/grpah/).query()).toBeNull();
});

it('hears its parent alone, from the origin its address names', async () => {
  await open(chain, { search: ours });
  await expect.poll(() => told.map(({ type }) => type)).toEqual(['ready', 'loaded']);
  ask({ id: 1, type: 'theme', theme: 'dark' }, { origin: 'https://elsewhere.example' });
  ask({ id: 2, type: 'theme', theme: 'dark' }, { source: window });
  ask({ id: 3, type: 'theme', theme: 'dark' });
  await answer(3).toMatchObject({ type: 'done', millrace: 1 });
  expect(told.map(({ id }) => id)).toEqual([null, null, 3]);
});

it('is deaf and dumb where the address names no origin', async () => {
  await open(chain);
  await expect.element(page.getByText('Predicted', { exact: true })).toBeVisible();
  ask({ id: 1, type: 'load', document: coded });
  await button('Run').click();
  await expect.poll(() => figure('Measured').textContent).toMatch(/\d/);
  expect(told).toEqual([]);
  await expect.element(page.getByRole('heading', { name: 'Chain' })).toBeVisible();
});

it('runs by message what has no code, and nothing after the reader’s Stop until the next Run', async () => {
  const services = await open(chain, { search: ours });
  await expect.poll(() => told.length).toBe(2);
  ask({ id: 'a', type: 'run' });
  await answer('a').toMatchObject({ type: 'result', ended: 'done', runs: 1, predictedMs });
  const { live } = services;
  const finish = holdRuns(services);
  await button('Run').click();
  ask({ id: 'b', type: 'run' });
  await answer('b').toMatchObject({ type: 'error', reason: 'busy' });
  await button('Stop').click();
  finish();
  await expect.element(button('Run')).toBeVisible();
  services.live = live;
  ask({ id: 'c', type: 'run' });
  await answer('c').toMatchObject({ type: 'error', reason: 'needs-press' });
  // Another document is no way round it.
  ask({ id: 'd', type: 'load', document: { ...chain, name: 'Other' } });
  await answer('d').toMatchObject({ type: 'loaded', hasCode: false });
  ask({ id: 'e', type: 'run' });
  await answer('e').toMatchObject({ type: 'error', reason: 'needs-press' });
  await button('Run').click();
  await expect.element(button('Run')).toBeVisible();
  ask({ id: 'f', type: 'run' });
  await answer('f').toMatchObject({ type: 'result' });
});

it('keeps two runs apart when one begins before the answer to the other is complete', async () => {
  const services = fakeServices();
  const { live, scheduleDigest } = services;
  let simulated = (): void => {};
  services.scheduleDigest = async (...given) => {
    await new Promise<void>((resolve) => (simulated = resolve));
    return scheduleDigest(...given);
  };
  await open(chain, { search: ours, services });
  await expect.poll(() => told.length).toBe(2);
  ask({ id: 'first', type: 'run' });
  await expect.element(button('Stop')).toBeVisible();
  await expect.element(button('Run')).toBeVisible();
  let finish = (): void => {};
  services.live = {
    run(request) {
      const handle = live.run(request);
      const ended = new Promise<void>((resolve) => (finish = resolve));
      const done = Promise.all([handle.done, ended]).then(async ([report]) => {
        const none = { total: 40, queued: [0, 0], running: [0, 0], blocked: [0, 0] };
        request.onProgress?.({ trace: report.trace, ...none });
        // So that it is told.
        await new Promise((resolve) => setTimeout(resolve, 300));
        return report;
      });
      return { ...handle, done };
    },
  };
  ask({ id: 'second', type: 'run' });
  await expect.element(button('Stop')).toBeVisible();
  simulated();
  await answer('first').toMatchObject({ runs: 1, claimed: { makespans: [expect.any(Number)] } });
  finish();
  await answer('second').toMatchObject({ type: 'result', runs: 2 });
  const progress = told.filter(({ type }) => type === 'progress');
  expect(progress.map(({ id }) => id)).toEqual(['second']);
});

it('runs code by message only after a press for that very document', async () => {
  const services = await open(coded, { search: ours });
  await expect.poll(() => told.length).toBe(2);
  ask({ id: 1, type: 'run' });
  await answer(1).toMatchObject({ type: 'error', reason: 'needs-press' });
  expect(services.runs).toEqual([]);
  await button('Run').click();
  await expect.poll(() => told.filter(({ type }) => type === 'result')).toHaveLength(1);
  ask({ id: 2, type: 'load', document: { ...coded, seed: 2 } });
  await answer(2).toMatchObject({ type: 'loaded', hasCode: true });
  ask({ id: 3, type: 'run' });
  await answer(3).toMatchObject({ reason: 'needs-press' });
  ask({ id: 4, type: 'load', link: await linkText({ document: coded }) });
  await answer(4).toMatchObject({ type: 'loaded' });
  ask({ id: 5, type: 'run' });
  await answer(5).toMatchObject({ type: 'result', claimed: { makespans: [expect.any(Number)] } });
  // What it keeps is found again by that document alone.
  const [first, again] = services.runs.map(({ cacheNamespace }) => cacheNamespace);
  expect(again).toBe(first);
});

it('keeps what is shown when a message brings nothing that can be read, and reads the last of many', async () => {
  await open(chain, { search: ours });
  await expect.poll(() => told.length).toBe(2);
  ask({ id: 'bad', type: 'load', document: { format: 'millrace/1' } });
  await answer('bad').toMatchObject({ type: 'error', reason: 'bad-document' });
  await expect.element(page.getByRole('heading', { name: 'Chain' })).toBeVisible();
  for (const id of [1, 2, 3]) ask({ id, type: 'load', document: { ...chain, name: `No. ${id}` } });
  await answer(3).toMatchObject({ type: 'loaded', name: 'No. 3' });
  await answer(1).toMatchObject({ type: 'error', reason: 'too-many' });
  await answer(2).toMatchObject({ type: 'error', reason: 'too-many' });
  await expect.element(page.getByRole('heading', { name: 'No. 3' })).toBeVisible();
});

it('answers a flood once, and then hears again', async () => {
  await open(chain, { search: ours });
  await expect.poll(() => told.length).toBe(2);
  for (let id = 0; id < 5000; id++) ask({ id, type: 'theme', theme: 'dark' });
  await expect.poll(() => told.filter(({ type }) => type === 'error')).toHaveLength(1);
  expect(told.filter(({ type }) => type === 'done').length).toBeLessThan(50);
  await new Promise((resolve) => setTimeout(resolve, 300));
  ask({ id: 'later', type: 'theme', theme: 'light' });
  await answer('later').toMatchObject({ type: 'done' });
});
