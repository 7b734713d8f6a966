import { ceilings } from '../../pipeline/ceilings.ts';
import { amount, entries, field, words, type JsonPlace } from './json-place.ts';
import type { Recording, Span } from './recorded-spans.ts';
import { Refusal } from './refusal.ts';

const msOf: Readonly<Record<string, number>> = {
  ...{ nanoseconds: 1e-6, microseconds: 1e-3, milliseconds: 1, seconds: 1000 },
};

export const isSpeedscope = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'profiles' in value && 'shared' in value;

/**
 * A profile as speedscope saves it (its file-format-spec.ts): of each thread the calls as they opened and closed, or
 * the stacks that were found open when it was looked at.
 * @throws {Refusal}
 */
export function readSpeedscope(value: unknown): Recording {
  const root = { value, path: '' };
  const names = entries(field(field(root, 'shared'), 'frames')).map((frame) =>
    words(field(frame, 'name')).slice(0, ceilings.nameLetters),
  );
  const profiles = entries(field(root, 'profiles'));
  const spans = profiles.flatMap((profile, thread) => spansOf(profile, thread, names));
  if (spans.length === 0) throw new Refusal('there is no call in its profiles');
  return {
    spans,
    threads: profiles.map((profile, thread) => {
      const { value: name } = field(profile, 'name');
      return { name: typeof name === 'string' ? name : `thread ${thread + 1}`, process: '' };
    }),
    ...{ processes: new Map(), arrows: [], remarks: [], areWaits: false, isOwn: false },
  };
}

function spansOf(profile: JsonPlace, thread: number, names: readonly string[]): Span[] {
  const unit = words(field(profile, 'unit'));
  const ms = Object.hasOwn(msOf, unit) ? msOf[unit]! : null;
  if (ms === null) {
    throw new Refusal(
      `${profile.path}.unit is "${unit.slice(0, 30)}"; it takes a unit of time, such as milliseconds`,
    );
  }
  const type = words(field(profile, 'type'));
  const calls = new Calls(thread, names);
  if (type === 'evented') {
    for (const event of entries(field(profile, 'events'))) {
      const atMs = amount(field(event, 'at')) * ms;
      const frame = amount(field(event, 'frame'));
      if (words(field(event, 'type')) === 'O') calls.open(frame, atMs);
      else calls.closeTo(calls.depth - 1, atMs);
    }
  } else if (type === 'sampled') {
    const weights = entries(field(profile, 'weights'));
    let nowMs = 0;
    entries(field(profile, 'samples')).forEach((sample, at) => {
      calls.change(entries(sample).map(amount), nowMs);
      nowMs += weights[at] === undefined ? 0 : amount(weights[at]) * ms;
    });
    calls.closeTo(0, nowMs);
  } else
    throw new Refusal(
      `${profile.path}.type is "${type.slice(0, 30)}"; it takes evented or sampled`,
    );
  return calls.spans;
}

/** The calls of a thread, as they open and close. */
class Calls {
  readonly spans: Span[] = [];
  readonly #open: { frame: number; startMs: number }[] = [];

  readonly #thread: number;
  readonly #names: readonly string[];

  constructor(thread: number, names: readonly string[]) {
    this.#thread = thread;
    this.#names = names;
  }

  get depth(): number {
    return this.#open.length;
  }

  open(frame: number, startMs: number): void {
    if (this.#names[frame] === undefined)
      throw new Refusal(`there is no frame ${frame} in shared.frames`);
    this.#open.push({ frame, startMs });
  }

  closeTo(depth: number, atMs: number): void {
    while (this.#open.length > Math.max(0, depth)) {
      const { frame, startMs } = this.#open.pop()!;
      const endMs = Math.max(startMs, atMs);
      if (endMs > ceilings.timeMs)
        throw new Refusal(`a time of ${endMs} ms is beyond the ceiling of ${ceilings.timeMs} ms`);
      this.spans.push({
        name: this.#names[frame]!,
        thread: this.#thread,
        startMs,
        endMs,
        cpuMs: null,
        item: null,
        stage: null,
      });
    }
  }

  /** Closes what is open no longer, and opens what is new. */
  change(stack: readonly number[], atMs: number): void {
    let same = 0;
    while (same < stack.length && this.#open[same]?.frame === stack[same]) same++;
    this.closeTo(same, atMs);
    for (const frame of stack.slice(same)) this.open(frame, atMs);
  }
}
