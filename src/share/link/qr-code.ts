/** A link as a QR code (ISO/IEC 18004), as an SVG picture. */
import { encode } from 'uqr';

/** Bytes in the largest code, version 40 at level L: https://www.qrcode.com/en/about/version.html */
export const qrBytesMax = 2953;
/** Light modules all around, as the standard asks for: without them readers do not find the code. */
const quietModules = 4;

export interface QrCode {
  /** Width and height, with the quiet zone around it. */
  modules: number;
  /** Always dark on light: many readers take nothing else. */
  svg: string;
}

/** null: it has more bytes than a code takes. */
export function qrCode(text: string): QrCode | null {
  if (new TextEncoder().encode(text).length > qrBytesMax) return null;
  // As much correction as there is room for in the smallest code that takes it.
  const { size, data } = encode(text, { ecc: 'L', boostEcc: true, border: quietModules });
  const ground = `<path fill="#fff" d="M0 0h${size}v${size}H0z"/>`;
  const dark = `<path d="${data.map(rowPath).join('')}"/>`;
  return {
    modules: size,
    svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">${ground}${dark}</svg>`,
  };
}

/** One box for each run of dark modules: between boxes that touch, some painters leave a hairline. */
function rowPath(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x++) {
    if (!row[x]) continue;
    const from = x;
    while (row[x]) x++;
    path += `M${from} ${y}h${x - from}v1H${from}z`;
  }
  return path;
}
