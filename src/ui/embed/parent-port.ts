import type { EmbedAnswer } from './messages.ts';
import { messageVersion } from './messages.ts';

/** The page around the frame, if it is the one that the frame’s address names. */
export interface ParentPort {
  send(answer: EmbedAnswer): void;
  close(): void;
}

/** So many requests may come at once; one more is taken every `msPerRequest`. */
const burstMax = 20;
const msPerRequest = 100;

/**
 * Hears and tells the parent window alone, and only while a page of exactly this origin is in it.
 *
 * @param take what came, whatever it is; more than 10 a second for long are not handed on
 * @param onFlood said once, when the first one is not
 * @param nowMs grows
 * @returns null: the frame is not embedded, or names no origin
 */
export function openParentPort(
  frame: Window,
  origin: string | null,
  take: (data: unknown) => void,
  onFlood: () => void,
  nowMs = (): number => performance.now(),
): ParentPort | null {
  const { parent } = frame;
  if (origin === null || parent === frame) return null;
  let left = burstMax;
  let filledMs = nowMs();
  let isFlood = false;
  const mayTake = (): boolean => {
    const gained = Math.floor((nowMs() - filledMs) / msPerRequest);
    filledMs += gained * msPerRequest;
    left = Math.min(burstMax, left + gained);
    // Half of a burst has been kept: it was one flood until then.
    if (left >= burstMax / 2) isFlood = false;
    if (left > 0) {
      left--;
      return true;
    }
    if (!isFlood) onFlood();
    isFlood = true;
    return false;
  };
  const hear = (event: MessageEvent<unknown>): void => {
    // Ours by both: another frame may have that origin, and another page may have come into the parent.
    if (event.source !== parent || event.origin !== origin || !mayTake()) return;
    take(event.data);
  };
  frame.addEventListener('message', hear);
  return {
    // The browser delivers it only to a page of this origin.
    send: (answer) => parent.postMessage({ millrace: messageVersion, ...answer }, origin),
    close: () => frame.removeEventListener('message', hear),
  };
}
