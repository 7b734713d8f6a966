import { createHash } from 'node:crypto';
import { canonicalBytes } from '../../../../base/canonical-bytes.ts';

/**
 * A digest of values that does not depend on their order: the sum, modulo 2^128, of the first 128 bits of the SHA-256
 * of each. It is the one the Millrace page shows for the same results.
 */
export class OrderFreeDigest {
  #sum = 0n;

  add(value: unknown): void {
    const hash = createHash('sha256').update(canonicalBytes(value)).digest('hex');
    this.#sum = BigInt.asUintN(128, this.#sum + BigInt(`0x${hash.slice(0, 32)}`));
  }

  /** 32 hex digits; all zero when nothing was added. */
  get hex(): string {
    return this.#sum.toString(16).padStart(32, '0');
  }
}
