/**
 * The messages between a page and the Millrace view that it embeds. This file is the whole contract.
 *
 * The page names its own origin in the frame's address, `…/?embed&origin=https://example.org#1.…`. Without that the
 * view works, and says and hears nothing. With it the frame takes messages only from its parent window, and only when
 * they come from exactly that origin; its own go to that origin alone. The page should be as careful: take a message
 * only if its `source` is the frame's `contentWindow` and its `origin` is that of this site.
 *
 * All messages are plain data with the version of this contract in `millrace`. A request may carry an `id` that its
 * answer repeats; without one, and in what the frame tells of its own accord, the answer's `id` is null.
 * ```
 * page → frame   load ─▶ loaded │ error      what to show; ends a run that goes on
 *                run  ─▶ progress … result │ error
 *                stop ─▶ done                the run's own answer follows: a result that says `stopped`
 *                theme ─▶ done
 * frame → page   ready                       once: from now on requests are taken
 *                loaded │ error              of the link in the frame's own address
 *                progress … result │ error   of runs that the reader began
 * ```
 * `run` begins nothing that the reader has not agreed to: a document with code runs only after the reader has
 * pressed Run for that very document in that frame, and nothing runs by message once the reader has pressed Stop, until
 * Run is pressed again. (The code runs in a sandbox in any case.)
 */
import { suggest } from '../../base/suggest.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import type { RunEnvironment } from '../../engine/runner.ts';
import type { ClaimedResult } from '../../share/link/link-content.ts';
import { embedThemes, type EmbedTheme } from './embed-options.ts';

/** Of this contract: the value of `millrace` in every message. */
export const messageVersion = 1;

export type RequestId = string | number;
/** Longer ids are refused: each is sent back. */
export const idLettersMax = 64;

/** What the page may ask for. */
export type EmbedRequest = { id: RequestId | null } & (
  | {
      type: 'load';
      /** A link's text or a whole address with one: "#1.…". */
      link: string;
    }
  | {
      type: 'load';
      /** A document, as JSON text or as the plain object that such text stands for. */
      document: unknown;
    }
  | { type: 'run' }
  | { type: 'stop' }
  | { type: 'theme'; theme: EmbedTheme }
);

/** Why something was not done. */
export type EmbedErrorReason =
  /** The message is no request of this contract. */
  | 'bad-message'
  /** More requests than are taken, or another `load` came before this one was read. */
  | 'too-many'
  /** The link or the document cannot be read, or cannot be run as it is. */
  | 'bad-document'
  /** The reader must press Run first. */
  | 'needs-press'
  /** A run goes on, or there is nothing to be run. */
  | 'busy'
  /** The run broke off. */
  | 'failed';

/** What the frame says. Times are in ms. */
export type EmbedAnswer = { id: RequestId | null } & (
  | { type: 'ready' }
  | {
      type: 'loaded';
      name: string;
      stages: number;
      /** Somebody's code is in it: see above for what that means for `run`. */
      hasCode: boolean;
    }
  /** A few times a second. */
  | {
      type: 'progress';
      itemsDone: number;
      /** Items that come in all; null: nobody knows. */
      total: number | null;
      /** 0 … 1 of the whole run; null: it cannot be told. */
      share: number | null;
      elapsedMs: number;
    }
  | EmbedResult
  | { type: 'done' }
  | {
      type: 'error';
      reason: EmbedErrorReason;
      /** One sentence for a person. */
      message: string;
    }
);

/** What a run came to. */
export interface EmbedResult {
  type: 'result';
  ended: 'done' | 'stopped' | 'stalled' | 'failed';
  makespanMs: number;
  /** What was predicted for it on an ideal machine; null: nothing could be. */
  predictedMs: number | null;
  /** Items that came out at the end. */
  delivered: number;
  /** Order-free digest of what was delivered, hex; null: there is none. */
  resultsDigest: string | null;
  environment: RunEnvironment | null;
  /** Runs of this document in this frame so far that went to their end, without answers from a cache. */
  runs: number;
  /** Of their makespans; null: there is none. */
  medianMs: number | null;
  /** 95 % interval of that median; null: fewer than six runs. */
  intervalMs: [low: number, high: number] | null;
  /** The same runs as a link claims them; null: there is none. */
  claimed: ClaimedResult | null;
}

const types = ['load', 'run', 'stop', 'theme'] as const;

/** @returns null: it is not meant for this frame; else the request, or the id and one sentence about what is wrong. */
export function readRequest(
  data: unknown,
): Result<EmbedRequest, { id: RequestId | null; message: string }> | null {
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, 'millrace')) return null;
  const message = data as Record<string, unknown>;
  const id = isId(message['id']) ? message['id'] : null;
  const refuse = (sentence: string) => fail({ id, message: sentence });
  if (message['millrace'] !== messageVersion)
    return refuse(`A message has “millrace”: ${messageVersion}, the version of its contract.`);
  if (message['id'] != null && id === null)
    return refuse(`A message’s “id” is a whole number or up to ${idLettersMax} letters.`);
  const { type } = message;
  switch (type) {
    case 'run':
    case 'stop':
      return ok({ id, type });
    case 'theme': {
      const { theme } = message;
      if (isOneOf(theme, embedThemes)) return ok({ id, type, theme });
      return refuse(`A theme is one of ${embedThemes.join(', ')}${meant(theme, embedThemes)}.`);
    }
    case 'load': {
      const { link, document } = message;
      if ((link === undefined) === (document === undefined))
        return refuse('A “load” has either a “link” or a “document”.');
      if (link === undefined) return ok({ id, type, document });
      if (typeof link === 'string') return ok({ id, type, link });
      return refuse('A “link” is text that has “#1.” in it.');
    }
    default:
      return refuse(`A message’s “type” is one of ${types.join(', ')}${meant(type, types)}.`);
  }
}

const isId = (value: unknown): value is RequestId =>
  typeof value === 'string' ? value.length <= idLettersMax : Number.isSafeInteger(value);

const isOneOf = <T extends string>(value: unknown, known: readonly T[]): value is T =>
  (known as readonly unknown[]).includes(value);

function meant(typed: unknown, known: readonly string[]): string {
  const nearest = typeof typed === 'string' ? suggest(typed, known) : null;
  return nearest === null ? '' : ` (did you mean ${nearest}?)`;
}
