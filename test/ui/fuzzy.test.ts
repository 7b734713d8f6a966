import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areThere,
  folded,
  matchToken as matchFolded,
  matchTokens,
  tokensOf,
  type Match,
} from '../../src/ui/commands/fuzzy.ts';

const matchToken = (token: string, text: string): Match | null =>
  matchFolded(folded(token), folded(text));
const matchQuery = (query: string, title: string, words = ''): Match | null =>
  matchTokens(tokensOf(query), folded(title), folded(words));

const word = fc.stringMatching(/^[a-z]{1,8}$/);
const title = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));

/** Written apart from the code: are the letters there in this order? */
function isSubsequence(token: string, text: string): boolean {
  const letters = [...token];
  for (const char of text) if (char === letters[0]) letters.shift();
  return letters.length === 0;
}

describe('a token', () => {
  it('is found exactly where its letters stand in this order', () => {
    fc.assert(
      fc.property(word, title, (token, text) => {
        expect(matchToken(token, text) !== null).toBe(isSubsequence(token, text));
      }),
    );
  });

  it('is found at rising places that hold its letters, whatever the case', () => {
    fc.assert(
      fc.property(word, title, fc.boolean(), (token, text, isLoud) => {
        const match = matchToken(isLoud ? token.toUpperCase() : token, text);
        if (match === null) return;
        expect(match.at.map((place) => text[place]).join('')).toBe(token);
        expect([...match.at]).toEqual([...new Set(match.at)].sort((a, b) => a - b));
        expect(match.score).toBeGreaterThan(0);
        expect(match.score).toBeLessThanOrEqual(100);
        expect(matchToken(token, text.toUpperCase())).toEqual(matchToken(token, text));
      }),
    );
  });

  it('counts most as a word, then as its start, then inside one, then scattered', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{3,6}$/), (token) => {
        const scores = [
          `x ${token} x`,
          `x ${token}0 x`,
          `x 0${token} x`,
          `x ${[...token].join('0')} x`,
        ].map((text) => matchToken(token, text)?.score ?? 0);
        expect(scores.every((score) => score > 0)).toBe(true);
        for (let at = 1; at < scores.length; at++)
          expect(scores[at - 1]).toBeGreaterThan(scores[at]!);
      }),
    );
  });

  it('is found by the first letters of words before letters anywhere', () => {
    expect(matchToken('bp', 'back pressure')!.score).toBeGreaterThan(
      matchToken('bp', 'cable drop')!.score,
    );
    expect(matchToken('bp', 'xb back xp pressure')!.at).toEqual([3, 11]);
  });

  it('has its accents in the place of plain letters, and any sign at all', () => {
    expect(matchToken('uber', 'Über alles')!.at).toEqual([0, 1, 2, 3]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const match = matchToken(a, b + a);
        expect(match === null).toBe(a === '');
        for (const place of match?.at ?? []) expect(place).toBeLessThan((b + a).length);
      }),
    );
  });
});

describe('a query', () => {
  it('is found only when each of its words is, in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['permits', 'of', 'resize']), (tokens) => {
        const found = matchQuery(tokens.join(' '), 'Permits of “Resize”');
        expect(found !== null).toBe(tokens.length > 0);
        expect(matchQuery([...tokens, 'zebra'].join(' '), 'Permits of “Resize”')).toBeNull();
      }),
    );
  });

  it('counts less where only other words hold it, and marks nothing then', () => {
    const inTitle = matchQuery('bottleneck', 'Find the bottleneck')!;
    const inWords = matchQuery('bottleneck', 'Go to Why', 'bound bottleneck')!;
    expect(inTitle.score).toBeGreaterThan(inWords.score);
    expect(inWords.at).toEqual([]);
  });

  it('is known to be there without being rated, and a longer one is there no more often', () => {
    const query = fc.array(word, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(query, fc.nat(3), title, title, (tokens, more, text, words) => {
        const isThere = areThere(tokens, text, words);
        expect(isThere).toBe(matchTokens(tokens, text, words) !== null);
        const shorter = tokensOf(tokens.join(' ').slice(0, -1 - more));
        if (isThere) expect(areThere(shorter, text, words)).toBe(true);
      }),
    );
  });
});
