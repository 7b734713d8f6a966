const quote = 0x22;
const backslash = 0x5c;

/** How deep the brackets of JSON text nest, those inside strings aside; the text need not be whole. */
export function nestingDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === backslash) at++;
      else if (code === quote) inString = false;
    } else if (code === quote) inString = true;
    // "[" and "{", "]" and "}" differ by one bit.
    else if ((code | 0x20) === 0x7b) deepest = Math.max(deepest, ++depth);
    else if ((code | 0x20) === 0x7d) depth = Math.max(0, depth - 1);
  }
  return deepest;
}
