import type { Page } from 'playwright';

/** One of these each: a move, a key, a click. No multiple of a frame's time. */
const stepEveryMs = 35;

interface Point {
  x: number;
  y: number;
}

async function middleOf(page: Page, selector: string): Promise<Point> {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`Nothing to point at: "${selector}" is not shown.`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/**
 * Somebody's hands at the page until they are told to stop: they point at the schedule, go from field to field
 * with Tab, and click the tabs Results and Log in turn. None waits until the one before was answered: what is
 * sent while the page does not answer waits, and is counted.
 * @returns stops them, and gives how many keys and buttons were pressed.
 */
export async function busyHands(page: Page): Promise<() => Promise<number>> {
  const schedule = await middleOf(page, '.timeline');
  const tabs = await Promise.all(
    ['Results', 'Log'].map((name) => middleOf(page, `[role="tab"]:has-text("${name}")`)),
  );
  const { mouse, keyboard } = page;
  const sent: Promise<unknown>[] = [];
  let presses = 0;
  let step = 0;
  const turns: (() => void)[] = [
    () => {
      const { x, y } = schedule;
      sent.push(mouse.move(x + ((step * 17) % 200) - 100, y));
    },
    () => {
      const keys = step % 8 < 4 ? ['Tab'] : ['Shift', 'Tab'];
      presses += keys.length;
      sent.push(keyboard.press(keys.join('+')));
    },
    () => {
      const { x, y } = tabs[step % 8 < 4 ? 0 : 1]!;
      presses++;
      sent.push(mouse.move(x, y), mouse.down(), mouse.up());
    },
    () => {
      presses++;
      sent.push(keyboard.press('Escape'));
    },
  ];
  const timer = setInterval(() => {
    turns[step % turns.length]!();
    step++;
  }, stepEveryMs);
  return async () => {
    clearInterval(timer);
    await Promise.all(sent);
    return presses;
  };
}
