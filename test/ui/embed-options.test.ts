import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readEmbedOptions } from '../../src/ui/embed/embed-options.ts';

const defaults = {
  theme: 'auto',
  parts: new Set(['graph', 'schedule']),
  accent: null,
  origin: null,
};

it('takes what the address asks for', () => {
  expect(readEmbedOptions('?embed')).toEqual({ options: defaults, faults: [] });
  const { options, faults } = readEmbedOptions(
    '?embed&theme=dark&parts=schedule&accent=0A6570&origin=https://example.org:8443',
  );
  expect(faults).toEqual([]);
  expect(options).toEqual({
    theme: 'dark',
    parts: new Set(['schedule']),
    accent: { ground: '#0a6570', ink: '#ffffff' },
    origin: 'https://example.org:8443',
  });
});

it.each([
  ['?embed&theme=drak', 'theme “drak”', 'dark'],
  ['?embed&parts=grpah', 'part “grpah”', 'graph'],
  ['?embed&parts=graph,sink', 'part “sink”', 'schedule'],
  ['?embed&accent=teal', 'accent “teal”', '0a6570'],
  ['?embed&thme=dark', '“thme”', 'theme'],
  ['?embed&origin=*', 'origin “*”', 'https://example.org'],
  // Each of these would be compared with what no browser ever says.
  ['?embed&origin=https://example.org/', 'origin', 'slash'],
  ['?embed&origin=https://example.org/blog', 'origin', 'path'],
  ['?embed&origin=null', 'origin “null”', 'https'],
  ['?embed&origin=file://', 'origin', 'https'],
  ['?embed&origin=https://EXAMPLE.org', 'origin', 'https'],
])('%s: says what is not understood, and goes on with the default', (search, what, advice) => {
  const { options, faults } = readEmbedOptions(search);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(what);
  expect(faults[0]).toContain(advice);
  expect(options.origin).toBeNull();
  expect(options.theme).toBe('auto');
  if (search.includes('graph,')) expect(options.parts).toEqual(new Set(['graph']));
  else expect(options.parts).toEqual(defaults.parts);
});

it('reads any address, and names of origins only those a browser gives', () => {
  fc.assert(
    fc.property(fc.string(), fc.webUrl(), (text, url) => {
      readEmbedOptions(text);
      const { options } = readEmbedOptions(`?embed&origin=${encodeURIComponent(url)}`);
      expect([null, new URL(url).origin]).toContain(options.origin);
      const own = readEmbedOptions(`?embed&origin=${encodeURIComponent(new URL(url).origin)}`);
      expect(own.options.origin).toBe(new URL(url).origin);
    }),
  );
});

it('puts letters on every accent that stand out by 4.5:1', () => {
  const luminance = (hex: string): number => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const share = parseInt(hex.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), (colour) => {
      const digits = colour.toString(16).padStart(6, '0');
      const { ground, ink } = readEmbedOptions(`?embed&accent=${digits}`).options.accent!;
      const [low, high] = [luminance(ground), luminance(ink)].sort((a, b) => a - b);
      expect((high! + 0.05) / (low! + 0.05)).toBeGreaterThanOrEqual(4.5);
    }),
  );
});
