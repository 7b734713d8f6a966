import jsQR from 'jsqr';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { parseDocument } from '../../src/pipeline/parse.ts';
import type { LinkContent } from '../../src/share/link/link-content.ts';
import { readLink } from '../../src/share/link/link-text.ts';
import { readResultFile } from '../../src/share/link/result-file.ts';
import { chain, closePage, details, openDocument } from './open-page.ts';
import { savedBy } from './saved-files.ts';
import { holdRuns } from './held-runs.ts';

let copied: string[] = [];
beforeEach(() => {
  copied = [];
});
afterEach(() => {
  closePage();
  vi.restoreAllMocks();
});
const dialog = page.getByRole('dialog', { name: 'Share' });
const field = (name: string) => dialog.getByRole('textbox', { name, exact: true });
const press = (name: string) => dialog.getByRole('button', { name, exact: true }).click();
const way = (name: string) => dialog.getByText(name, { exact: true }).click();
const result = dialog.getByRole('checkbox', { name: 'With my result' });
const view = dialog.getByRole('checkbox', { name: 'With what is open' });

async function openShare(): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Share', exact: true }).click();
  await expect.element(dialog).toBeVisible();
}
async function run(): Promise<void> {
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.element(page.getByText(/20 of 20 items delivered/).first()).toBeVisible();
}
const fragmentOf = (text: string): string => /#1\.[\w-]+/.exec(text)![0];
const textIn = (name: string): string => (field(name).element() as HTMLTextAreaElement).value;

async function contentOf(text: string): Promise<LinkContent> {
  const read = await readLink(fragmentOf(text));
  if (!read.ok) throw new Error(read.error);
  return read.value;
}
/** What the link says once everything that was changed is in it. */
async function linked(): Promise<LinkContent> {
  await expect
    .element(dialog.getByRole('button', { name: 'Copy link' }))
    .toHaveAttribute('aria-disabled', 'false');
  return contentOf(textIn('Link'));
}
const copiesWhatIsGiven = (): void =>
  void vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => {
    copied.push(text);
  });

it('makes a link of the document alone, with the keyboard', async () => {
  await openDocument(chain);
  await userEvent.keyboard('{Control>}{Shift>}s{/Shift}{/Control}');
  await expect.element(dialog).toBeVisible();
  await expect
    .element(dialog.getByRole('region', { name: 'What to share, and how' }))
    .toHaveFocus();
  await expect.element(result).toBeDisabled();
  await expect.element(dialog.getByText(/Nothing was measured yet/)).toBeVisible();
  await expect.element(view).toBeDisabled();
  expect(await linked()).toEqual({ document: chain });
  expect(textIn('Link')).toBe(
    `${location.origin}${location.pathname}${fragmentOf(textIn('Link'))}`,
  );
  await expect.element(dialog.getByText(/^\d+ characters, short enough/)).toBeVisible();
  copiesWhatIsGiven();
  const copy = dialog.getByRole('button', { name: 'Copy link' });
  for (let tabs = 0; tabs < 12 && document.activeElement !== copy.element(); tabs++)
    await userEvent.keyboard('{Tab}');
  await userEvent.keyboard('{Enter}');
  await expect.element(dialog.getByText('Copied.')).toBeVisible();
  expect(copied).toEqual([textIn('Link')]);
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog).not.toBeInTheDocument();
});

it('carries name, note, result and view, each as it is asked for', async () => {
  await openDocument(chain);
  await run();
  await details('Why').click();
  await page.getByLabelText(/^Stage Second,/).click();
  await openShare();
  await expect
    .element(dialog.getByText(/^200 ms in one run; Test 1, 2 cores; just now\./))
    .toBeVisible();
  await expect.element(dialog.getByText('The Why tab, 1 selected stage.')).toBeVisible();
  await field('Name').fill('Mill');
  await field('Note').fill('Look at <b>Second</b>.');
  expect(await linked()).toEqual({
    document: { ...chain, name: 'Mill' },
    note: 'Look at <b>Second</b>.',
    view: { tab: 'why', selected: ['second'] },
    result: expect.objectContaining({
      makespans: [200],
      schedule: expect.objectContaining({ cores: 2 }),
    }),
  });
  await result.click();
  await view.click();
  const bare = await linked();
  expect(Object.keys(bare)).toEqual(['document', 'note']);
  // The document itself is still called as it was; the note is there when one comes back.
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByLabelText('Name of the document')).toHaveValue('Chain');
  await openShare();
  await expect.element(field('Note')).toHaveValue('Look at <b>Second</b>.');
  await expect.element(result).not.toBeChecked();
});

it('takes a result in as soon as there is one', async () => {
  const services = await openDocument(chain);
  const end = holdRuns(services);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await openShare();
  await expect.element(dialog.getByText('Something runs now: wait for its end.')).toBeVisible();
  end();
  await expect.element(result).toBeChecked();
  expect((await linked()).result!.makespans).toEqual([200]);
});

it('shows a code that scans, in a file as well, light whatever the theme is', async () => {
  await openDocument(chain);
  await page.getByRole('button', { name: /^Theme/ }).click();
  await page.getByRole('button', { name: /^Theme/ }).click();
  expect(document.documentElement.dataset['theme']).toBe('dark');
  await openShare();
  await linked();
  const address = textIn('Link');
  await way('QR code');
  const picture = dialog.getByRole('img', { name: 'QR code of the link' });
  await expect.element(picture).toBeInViewport();
  expect(await scanned(picture.element() as HTMLImageElement)).toBe(address);
  const file = await savedBy(() => press('Save as SVG'));
  expect(file.name).toBe('chain-qr.svg');
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(file.text)}`;
  await image.decode();
  expect(await scanned(image)).toBe(address);
});

/** As a camera would see it. */
async function scanned(image: HTMLImageElement): Promise<string | undefined> {
  await image.decode();
  const sizePx = 600;
  const canvas = new OffscreenCanvas(sizePx, sizePx);
  const context = canvas.getContext('2d')!;
  // A dark page shows through what is not painted.
  context.fillStyle = '#000';
  context.fillRect(0, 0, sizePx, sizePx);
  context.drawImage(image, 0, 0, sizePx, sizePx);
  return jsQR(context.getImageData(0, 0, sizePx, sizePx).data, sizePx, sizePx)?.data;
}

it('gives a badge and a snippet that lead to the same link', async () => {
  await openDocument(chain);
  await openShare();
  await linked();
  const fragment = fragmentOf(textIn('Link'));
  copiesWhatIsGiven();
  await way('Badge');
  const badge = dialog.getByRole('img', { name: 'Run in Millrace' }).element() as HTMLImageElement;
  await badge.decode();
  expect(badge.naturalWidth).toBeGreaterThan(0);
  await press('Copy Markdown');
  expect(copied[0]).toBe(
    `[![Run in Millrace](${badge.src})](${location.origin}${location.pathname}${fragment})`,
  );
  await way('Embed');
  await press('Copy HTML');
  const [frame] = new DOMParser().parseFromString(copied[1]!, 'text/html').body.children;
  expect(frame!.tagName).toBe('IFRAME');
  expect(frame!.getAttribute('src')).toBe(
    `${location.origin}${location.pathname}?embed${fragment}`,
  );
  expect(frame!.getAttribute('title')).toBe('Chain in Millrace');
});

it('selects the text where the browser lets no page copy', async () => {
  await openDocument(chain);
  await openShare();
  await linked();
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('No.'));
  await press('Copy link');
  await expect.element(dialog.getByText(/it is selected, so press Ctrl\+C/)).toBeVisible();
  const text = field('Link').element() as HTMLTextAreaElement;
  expect(document.activeElement).toBe(text);
  expect([text.selectionStart, text.selectionEnd]).toEqual([0, text.value.length]);
});

it('says where a long link is too long, and offers the file', async () => {
  const letters = Array.from({ length: 9000 }, (_, at) => ((at * 7919) % 9973).toString(36));
  await openDocument({ ...chain, notes: letters.join('') });
  await openShare();
  await linked();
  const { length } = textIn('Link');
  expect(length).toBeGreaterThan(14_000);
  const advice = dialog.getByText(/^The link has [\d,]+ characters/);
  await expect.element(advice).toBeVisible();
  expect(advice.element().textContent).toContain(length.toLocaleString('en'));
  await expect.element(dialog.getByText(/^Too long for a Discord message/)).toBeVisible();
  await expect.element(dialog.getByText(/^Too long for a Teams message/)).toBeVisible();
  await expect.element(dialog.getByText(/GitHub/)).not.toBeInTheDocument();
  await way('QR code');
  await expect.element(dialog.getByText(/the largest QR code takes 2,953/)).toBeVisible();
  await way('Link');
  await press('Share as a file');
  const file = await savedBy(() => press('Save the document'));
  expect(file.name).toBe('chain.millrace.json');
  expect(JSON.parse(file.text).notes).toBe(letters.join(''));
});

it('gives the result as a file', async () => {
  await openDocument(chain);
  await openShare();
  await way('File');
  await expect
    .element(dialog.getByRole('button', { name: 'Save the result' }))
    .toHaveAttribute('aria-disabled', 'true');
  await userEvent.keyboard('{Escape}');
  await run();
  await openShare();
  await linked();
  await way('File');
  const file = await savedBy(() => press('Save the result'));
  expect(file.name).toBe('chain.millrace-result.json');
  expect(readResultFile(file.text)).toMatchObject({
    ok: true,
    value: { document: chain, result: { makespans: [200] } },
  });
});

it('refuses a link that nobody could read, and says why; the file is there all the same', async () => {
  await openDocument({ ...chain, machine: { workers: 0 } });
  await openShare();
  await expect
    .element(dialog.getByRole('alert'))
    .toHaveTextContent(/^There can be no link to it: .*workers/);
  await press('Share as a file');
  const file = await savedBy(() => press('Save the document'));
  expect(JSON.parse(file.text).machine).toEqual({ workers: 0 });
});

it('says that the reader’s files are not in it', async () => {
  await openDocument({ ...chain, source: { kind: 'files', files: {} } });
  await openShare();
  await expect.element(dialog.getByText(/^Your files are not in it/)).toBeVisible();
});

/** As a run measures it: no two items alike, and nothing that packs. */
const durations = Array.from({ length: 900 }, (_, item) => 1 + ((item * 7919) % 1009) / 100);
const coded = (model: object | null) => ({
  ...chain,
  source: { kind: 'count' as const, count: 900 },
  stages: [
    {
      id: 'only',
      work: { kind: 'code' as const, source: 'export default (n) => n;', model: model as never },
    },
  ],
});
const each = dialog.getByRole('checkbox', { name: 'With each measured duration' });
const modelIn = ({ document: { stages } }: LinkContent): unknown =>
  stages[0]!.work.kind === 'code' && stages[0]!.work.model;
const listed = { phases: [{ cpu: { perItem: durations } }] };
const inFew = { phases: [{ cpu: { lognormal: { mean: 6.06, cv: expect.closeTo(0.48, 2) } } }] };

it('leaves measured durations out of a link that they would make too long, and says what is lost', async () => {
  const services = await openDocument(coded(null));
  const live = services.live.run;
  services.live.run = (request) => {
    const handle = live(request);
    const measured = (report: Awaited<typeof handle.done>) => ({
      ...report,
      models: { only: listed },
    });
    return { ...handle, done: handle.done.then(measured as never) };
  };
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.element(page.getByText(/900 of 900 items delivered/).first()).toBeVisible();
  await openShare();
  await expect.element(each).not.toBeChecked();
  await expect.element(dialog.getByText(/^Left out, for a short link: readers get/)).toBeVisible();
  const short = await linked();
  expect(modelIn(short)).toMatchObject({
    phases: [{ cpu: { lognormal: { cv: expect.closeTo(0.48, 2) } } }],
  });
  expect(textIn('Link').length).toBeLessThan(1000);
  // What is claimed of the schedule is what readers of this very link predict.
  const digestOf = (document: unknown) =>
    services.scheduleDigest(parseDocument(document).pipeline!, { cores: 2 });
  expect(short.result!.schedule!.digest).toBe(await digestOf(short.document));
  await each.click();
  const long = await linked();
  expect(textIn('Link').length).toBeGreaterThan(2000);
  expect(modelIn(long)).toMatchObject({ phases: [{ cpu: { perItem: expect.any(Array) } }] });
  expect(long.result!.schedule!.digest).toBe(await digestOf(long.document));
  expect(long.result!.schedule!.digest).not.toBe(short.result!.schedule!.digest);
});

it('keeps durations that somebody has set by hand, until they are to be left out', async () => {
  await openDocument(coded(listed));
  await openShare();
  await expect.element(each).toBeChecked();
  expect(modelIn(await linked())).toEqual(listed);
  await each.click();
  expect(modelIn(await linked())).toEqual(inFew);
});
