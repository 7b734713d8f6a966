import { expect, it } from 'vitest';
import {
  badgeMarkdown,
  embedCode,
  isPrivateAddress,
  linkAddress,
} from '../../../src/share/link/link-address.ts';
import {
  limitsBelow,
  linkLimits,
  longLinkCharacters,
} from '../../../src/share/link/link-limits.ts';

const page = 'https://example.org/mill/?source=pwa#1.old';

it('puts a link behind the page alone', () => {
  expect(linkAddress(page, '#1.abc')).toBe('https://example.org/mill/#1.abc');
  expect(linkAddress('https://example.org/mill/index.html', '#1.abc')).toBe(
    'https://example.org/mill/index.html#1.abc',
  );
});

it('makes a snippet that no title breaks', () => {
  expect(embedCode(page, '#1.abc', 'A "b" & <c>')).toBe(
    '<iframe src="https://example.org/mill/?embed#1.abc" title="A &#34;b&#34; &#38; &#60;c&#62;" width="640" height="360" style="border: 0; max-width: 100%" loading="lazy" allow="cross-origin-isolated"></iframe>',
  );
});

it('makes a badge that no address breaks', () => {
  expect(badgeMarkdown('https://example.org/a(b)/', '#1.abc')).toBe(
    '[![Run in Millrace](https://example.org/a%28b%29/badge.svg)](https://example.org/a%28b%29/#1.abc)',
  );
});

it('knows addresses that nobody else reaches', () => {
  const own = [
    'http://localhost:4173/',
    'http://127.0.0.1:80/',
    'http://[::1]:8/',
    'file:///a/b.html',
  ];
  for (const href of own) expect(isPrivateAddress(href), href).toBe(true);
  for (const href of [page, 'http://localhost.example.org/', 'https://127.example.org/'])
    expect(isPrivateAddress(href), href).toBe(false);
});

it('names where a link is too long, shortest first', () => {
  expect(limitsBelow(2000)).toEqual([]);
  expect(limitsBelow(2001).map(({ target }) => target)).toEqual(['a Discord message']);
  expect(limitsBelow(longLinkCharacters + 1)).toHaveLength(2);
  expect(limitsBelow(Infinity)).toEqual(linkLimits);
  const lengths = linkLimits.map(({ charactersMax }) => charactersMax);
  expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
});
