/** Base64 for addresses (RFC 4648, section 5), without padding. */

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const valueOf = new Int8Array(128).fill(-1);
for (let value = 0; value < letters.length; value++) valueOf[letters.charCodeAt(value)] = value;

export function toBase64Url(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const bits = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    parts.push(letters[bits >> 18]!, letters[(bits >> 12) & 63]!);
    if (left > 1) parts.push(letters[(bits >> 6) & 63]!);
    if (left > 2) parts.push(letters[bits & 63]!);
  }
  return parts.join('');
}

/** @returns the bytes; or, where the text is no base64url, the place of the first letter that cannot be there. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | number {
  const rest = text.length % 4;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let to = 0;
  let bits = 0;
  for (let at = 0; at < text.length; at++) {
    const value = valueOf[text.charCodeAt(at)] ?? -1;
    if (value < 0) return at;
    bits = (bits << 6) | value;
    if (at % 4 === 3) {
      bytes[to++] = bits >> 16;
      bytes[to++] = bits >> 8;
      bytes[to++] = bits;
      bits = 0;
    }
  }
  // One letter alone has six bits: no byte.
  if (rest === 1) return text.length - 1;
  if (rest === 2) bytes[to] = bits >> 4;
  if (rest === 3) {
    bytes[to++] = bits >> 10;
    bytes[to] = bits >> 2;
  }
  return bytes;
}
