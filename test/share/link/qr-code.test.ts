import jsQR from 'jsqr';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { qrBytesMax, qrCode, type QrCode } from '../../../src/share/link/qr-code.ts';

const pixelsPerModule = 4;

/** The picture's boxes painted in pixels, and read as a camera's picture would be. */
function scanned({ modules, svg }: QrCode): string | undefined {
  const widthPx = modules * pixelsPerModule;
  const pixels = new Uint8ClampedArray(widthPx * widthPx * 4).fill(255);
  for (const [, x, y, width] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) {
    for (let row = 0; row < pixelsPerModule; row++) {
      const first = (Number(y) * pixelsPerModule + row) * widthPx + Number(x) * pixelsPerModule;
      for (let at = first; at < first + Number(width) * pixelsPerModule; at++)
        pixels.fill(0, 4 * at, 4 * at + 3);
    }
  }
  return jsQR(pixels, widthPx, widthPx)?.data;
}

it('reads back as what it was made of, whatever that is', () => {
  const letters = fc.constantFrom(...'abcXYZ019-_.#:/? ü👋');
  const text = fc.array(letters, { minLength: 1, maxLength: 400 }).map((all) => all.join(''));
  fc.assert(
    fc.property(text, (content) => {
      expect(scanned(qrCode(content)!)).toBe(content);
    }),
    { numRuns: 40 },
  );
});

it('takes as many bytes as a code has, and not one more', () => {
  const longest = `https://example.org/#1.${'aB3_'.repeat(1000)}`.slice(0, qrBytesMax);
  const code = qrCode(longest)!;
  // Version 40 has 177 modules, and four light ones on either side.
  expect(code.modules).toBe(177 + 8);
  expect(scanned(code)).toBe(longest);
  expect(qrCode(`${longest}a`)).toBeNull();
  expect(qrCode('ü'.repeat(qrBytesMax / 2 + 1))).toBeNull();
});
