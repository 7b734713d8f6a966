import { failedEntry, plain } from '../../engine/machine.ts';
import { endNumbers, endNumbersOf, type HowItEnded } from '../packing.ts';
import { childrenMax, endsMax, type Fault, type WireEnd } from '../wire.ts';
import { checkFault } from './check-fault.ts';

const onePlain: number[] = [plain];
const noFaults: Fault[] = [];

/** The ends in one message of a worker, found to be well formed: read in place, with nothing made for each. */
export class ToldEnds {
  readonly count: number;
  readonly #numbers: ArrayLike<number>;
  readonly #values: readonly unknown[];
  readonly #others: readonly { at: number; outcome: HowItEnded }[];

  private constructor(
    numbers: ArrayLike<number>,
    values: readonly unknown[],
    others: readonly { at: number; outcome: HowItEnded }[],
  ) {
    this.#numbers = numbers;
    this.#values = values;
    this.#others = others;
    this.count = values.length + others.length;
  }

  /** What `packEnds` packed; null: it is nothing of the kind. */
  static of(data: unknown): ToldEnds | null {
    if (typeof data !== 'object' || data === null) return null;
    const { numbers, values, others } = data as Record<string, unknown>;
    if (!isNumbers(numbers) || !Array.isArray(values) || !Array.isArray(others)) return null;
    const count = values.length + others.length;
    if (count > endsMax || numbers.length !== endNumbersOf(count, numbers)) return null;
    if (!areNumbers(numbers, count)) return null;
    const found = checkOthers(others, count);
    return found && new ToldEnds(numbers, values, found);
  }

  /** When the last of them ended, by the worker's clock. There is one. */
  get lastEndMs(): number {
    return this.#numbers[(this.count - 1) * endNumbers + 3]!;
  }

  /** One after another, all in the same object: what is to be kept of it, and of its `values`, is to be copied. */
  each(use: (end: WireEnd) => void): void {
    const numbers = this.#numbers;
    const own: unknown[] = [undefined];
    const end: WireEnd = {
      task: 0,
      number: 0,
      startMs: 0,
      endMs: 0,
      setupMs: 0,
      waitedMs: 0,
      fault: null,
      codes: onePlain,
      values: own,
      entryFaults: noFaults,
    };
    let nextValue = 0;
    let nextOther = 0;
    for (let at = 0; at < this.count; at++) {
      const from = at * endNumbers;
      end.task = numbers[from]!;
      end.number = numbers[from + 1]!;
      end.startMs = numbers[from + 2]!;
      end.endMs = numbers[from + 3]!;
      end.setupMs = numbers[from + 4]!;
      end.waitedMs = numbers[from + 5]!;
      if (this.#others[nextOther]?.at === at)
        Object.assign(end, this.#others[nextOther++]!.outcome);
      else {
        own[0] = this.#values[nextValue++];
        end.fault = null;
        end.codes = onePlain;
        end.values = own;
        end.entryFaults = noFaults;
      }
      use(end);
    }
  }
}

/** In memory of their own, which nobody changes any more. */
function isNumbers(value: unknown): value is ArrayLike<number> {
  if (value instanceof Float64Array) return value.buffer instanceof ArrayBuffer;
  if (!Array.isArray(value)) return false;
  // No method of a list that came in a message: it may have others of its own.
  for (let i = 0; i < value.length; i++) if (typeof value[i] !== 'number') return false;
  return true;
}

/** Rows and numbers are whole, times are times. */
function areNumbers(numbers: ArrayLike<number>, count: number): boolean {
  for (let from = 0; from < count * endNumbers; from += endNumbers) {
    if (!Number.isInteger(numbers[from]) || !Number.isInteger(numbers[from + 1])) return false;
    // A sum is finite only if all are.
    const sum = numbers[from + 2]! + numbers[from + 3]! + numbers[from + 4]! + numbers[from + 5]!;
    if (!Number.isFinite(sum)) return false;
  }
  return true;
}

/** All ends that gave something else than one plain value, in their order. */
function checkOthers(
  others: readonly unknown[],
  count: number,
): { at: number; outcome: HowItEnded }[] | null {
  const found: { at: number; outcome: HowItEnded }[] = [];
  let last = -1;
  for (const other of others) {
    if (typeof other !== 'object' || other === null) return null;
    const { at } = other as { at: unknown };
    if (!Number.isInteger(at) || (at as number) <= last || (at as number) >= count) return null;
    const outcome = checkOutcome(other as Record<string, unknown>);
    if (!outcome) return null;
    last = at as number;
    found.push({ at: last, outcome });
  }
  return found;
}

function checkOutcome(data: Record<string, unknown>): HowItEnded | null {
  const { codes, values, entryFaults } = data;
  if (!Array.isArray(codes) || !Array.isArray(values) || !Array.isArray(entryFaults)) return null;
  const fault = data['fault'] === null ? null : checkFault(data['fault']);
  if (data['fault'] !== null && !fault) return null;
  let outputs = 0;
  let failed = 0;
  for (const code of codes as unknown[]) {
    if (code === plain) outputs++;
    else if (code === failedEntry) failed++;
    else if (Number.isInteger(code) && (code as number) >= 0 && (code as number) <= childrenMax) {
      outputs += code as number;
    } else return null;
  }
  const faults = Array.from(entryFaults, checkFault);
  if (outputs !== values.length || failed !== faults.length || faults.includes(null)) return null;
  // Lists of our own: those that came may have other methods.
  const own = { codes: [...(codes as number[])], values: [...(values as unknown[])] };
  return { fault, ...own, entryFaults: faults as Fault[] };
}
