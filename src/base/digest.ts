/** SHA-256 digests: of bytes, and of a bag of byte strings whatever their order. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

export { canonicalBytes, exactBytes } from './canonical-bytes.ts';
export { byteSize } from './byte-size.ts';

/** SHA-256 as 64 hex digits. */
export function digestHex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** SHA-256 of several byte strings one after the other, without joining them. */
export function digestHexOfParts(parts: Iterable<Uint8Array>): string {
  const hash = sha256.create();
  for (const part of parts) hash.update(part);
  return bytesToHex(hash.digest());
}

/**
 * A digest of a bag: the sum, modulo 2^128, of the first 128 bits of each element's SHA-256. The
 * order of additions does not matter, how often an element was added does. It finds runs that did
 * different work; it is no defence against someone who searches for a collision.
 */
export class OrderFreeDigest {
  // Least significant word first.
  readonly #words = new Uint32Array(4);
  #count = 0;

  /** How many were added. */
  get count(): number {
    return this.#count;
  }

  add(bytes: Uint8Array): void {
    this.addHash(sha256(bytes));
  }

  /** @param hash the SHA-256 of what is added. */
  addHash(hash: Uint8Array): void {
    let carry = 0;
    for (let word = 0; word < 4; word++) {
      const at = 12 - 4 * word;
      const part =
        hash[at]! * 0x1000000 + hash[at + 1]! * 0x10000 + hash[at + 2]! * 0x100 + hash[at + 3]!;
      const sum = this.#words[word]! + part + carry;
      this.#words[word] = sum;
      carry = sum >= 4294967296 ? 1 : 0;
    }
    this.#count++;
  }

  /** 32 hex digits; all zero for the empty bag. */
  get hex(): string {
    return Array.from(this.#words, (word) => word.toString(16).padStart(8, '0'))
      .reverse()
      .join('');
  }
}
