import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { Replay } from '../../src/ui/state/replay.svelte.ts';
import { chain, closePage, openDocument, stageNode } from './open-page.ts';

afterEach(closePage);

describe('the replay', () => {
  const replayOf = (endMs: number) => {
    const subject = { endMs, of: [{}] as unknown[] };
    return { subject, replay: new Replay(() => subject) };
  };
  it('goes through the whole run in ten seconds, stops at its end and never begins again by itself', () => {
    const { replay } = replayOf(500);
    replay.play();
    replay.frame(1000);
    expect(replay.pinnedMs).toBe(0);
    for (let nowMs = 1050; nowMs <= 6000; nowMs += 50) replay.frame(nowMs);
    expect(replay.pinnedMs).toBeCloseTo(250);
    for (let nowMs = 6050; nowMs <= 12_000; nowMs += 50) replay.frame(nowMs);
    expect([replay.pinnedMs, replay.playing]).toEqual([500, false]);
    replay.frame(20_000);
    expect(replay.pinnedMs).toBe(500);
    // Pressed again it begins anew.
    replay.play();
    expect([replay.pinnedMs, replay.playing]).toEqual([0, true]);
  });
  it('goes at the speed it is told, on from where it was paused, whatever time has passed meanwhile', () => {
    const { replay } = replayOf(500);
    replay.speed = 0.1;
    replay.pinAt(100);
    replay.play();
    replay.frame(0);
    replay.frame(80);
    expect(replay.pinnedMs).toBeCloseTo(108);
    replay.toggle();
    replay.frame(90);
    replay.toggle();
    replay.frame(1e6);
    replay.frame(1e6 + 10);
    expect(replay.pinnedMs).toBeCloseTo(109);
    // A page that was in the background for a minute does not jump.
    replay.frame(2e6);
    expect(replay.pinnedMs).toBeCloseTo(119);
  });
  it('is what is shown while it plays; else the pointer comes before the pin', () => {
    const { replay } = replayOf(500);
    replay.pinAt(100);
    replay.hover(300);
    expect(replay.shownMs).toBe(300);
    replay.hover(null);
    expect(replay.shownMs).toBe(100);
    replay.hover(300);
    replay.play();
    replay.hover(400);
    expect(replay.shownMs).toBe(300);
    replay.pause();
    expect(replay.shownMs).toBe(300);
    replay.pinAt(null);
    expect(replay.shownMs).toBeNull();
    replay.pinAt(900);
    expect(replay.shownMs).toBe(500);
  });
});

const slider = () => page.getByRole('slider', { name: 'Instant shown' });
const levels = () => page.getByRole('img', { name: /^Queue levels/ });
const shown = () => slider().element().getAttribute('aria-valuetext') ?? '';
const focusOn = (element: Element) => (element as HTMLElement).focus();

it('steps, jumps and is scrubbed by keyboard; the graph follows; Escape and an edit end it', async () => {
  await openDocument(chain);
  await expect.element(levels()).toBeVisible();
  focusOn(levels().element());
  await userEvent.keyboard('..');
  // 16 wait at the first stage, two at the second.
  await expect.poll(shown).toMatch(/^4 ms of 200 ms: 18 waiting, 2 running, 0 blocked$/);
  await expect.element(stageNode('First')).toHaveTextContent(/2 running/);
  await stageNode('First').click();
  const inspector = page.getByRole('region', { name: 'Inspector' });
  await expect.element(inspector).toHaveTextContent(/At 4 ms 16 waiting · 2 running/);
  focusOn(levels().element());
  await userEvent.keyboard(',');
  await expect.poll(shown).toMatch(/^0 ms/);
  await userEvent.keyboard('{Escape}');
  await expect.poll(shown).toBe('No instant is shown');
  focusOn(slider().element());
  await userEvent.keyboard('{End}');
  await expect.poll(shown).toMatch(/^200 ms of 200 ms: 0 waiting/);
  await userEvent.keyboard('{Home}{PageUp}');
  await expect.poll(shown).toMatch(/^20 ms of/);
  // Who cannot see the ponds and gates hears of them at the node.
  await expect
    .element(stageNode('First'))
    .toHaveAccessibleDescription(/\d+ waiting, \d+ running\. Arrow keys go/);
  await userEvent.keyboard('{Escape}');
  await expect.poll(shown).toBe('No instant is shown');
  await userEvent.keyboard('{Home}{PageUp}');
  await expect.poll(shown).toMatch(/^20 ms of/);
  await stageNode('Second').click();
  await page.getByLabelText('Permits', { exact: true }).fill('2');
  await expect.poll(shown).toBe('No instant is shown');
});

it('plays on the space bar and by the button, to the end', async () => {
  await openDocument(chain);
  await expect.element(levels()).toBeVisible();
  await page.getByLabelText('Replay speed').selectOptions('100');
  focusOn(levels().element());
  await userEvent.keyboard(' ');
  await expect.poll(shown).toMatch(/^(\d+) ms of \1 ms/);
  const play = page.getByRole('button', { name: 'Replay', exact: true });
  await expect.element(play).toBeVisible();
  await page.getByLabelText('Replay speed').selectOptions('0.01');
  await play.click();
  await expect.element(page.getByRole('button', { name: 'Pause the replay' })).toBeVisible();
  await page.getByRole('button', { name: 'Pause the replay' }).click();
  await expect.poll(shown).toMatch(/^[\d.]+ (µs|ms|ns) of/);
});

it('a click pins the instant there, another one at the same place lets it go', async () => {
  await openDocument(chain);
  await expect.element(levels()).toBeVisible();
  // Another object each time: the click scales it in place.
  const press = () => levels().click({ position: { x: 300, y: 10 } });
  await press();
  await page.getByLabelText('Name of the document').hover();
  await expect.poll(shown).toMatch(/waiting/);
  await press();
  await page.getByLabelText('Name of the document').hover();
  await expect.poll(shown).toBe('No instant is shown');
});

it('shows states in place of queues, both as tables, with the shown instant in a column', async () => {
  await openDocument(chain);
  await expect.element(levels()).toBeVisible();
  await page.getByRole('button', { name: 'Next event' }).click();
  await page.getByRole('button', { name: 'Figures' }).click();
  const queues = page.getByRole('table', { name: /^Queue of each stage/ });
  await expect.element(queues).toHaveTextContent(/At 0 ms/);
  await expect.element(queues.getByRole('row', { name: /^First/ })).toHaveTextContent(/18 waiting/);
  const states = page.getByRole('radio', { name: 'States' });
  focusOn(page.getByRole('radio', { name: 'Queues' }).element());
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(states).toBeChecked();
  const table = page.getByRole('table', { name: /^What each stage did/ });
  await expect
    .element(table.getByRole('row', { name: /^Second/ }))
    .toHaveTextContent(/waiting for an item/);
  await page.getByRole('button', { name: 'Figures' }).click();
  await expect.element(page.getByRole('img', { name: /^States of each stage/ })).toBeVisible();
});
