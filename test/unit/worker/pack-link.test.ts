import fc from 'fast-check';
import { expect, test } from 'vitest';
import { longestLink } from '../../../src/scene/share.ts';
import { LinkError, packLink, unpackLink } from '../../../src/worker/pack-link.ts';

test('what is packed comes back, in characters that an address carries as they are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2000 }), (text) => {
      const packed = packLink(text);
      expect(packed).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(unpackLink(packed, longestLink)).toBe(text);
    }),
    { seed: 7, numRuns: 200 },
  );
});

test('anything else is refused with one line', () => {
  const bomb = packLink('0'.repeat(50_000_000));
  expect(() => unpackLink(bomb, longestLink)).toThrow(
    new LinkError('link: unpacks to more than 800000 bytes; open a file instead'),
  );
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      try {
        unpackLink(text, longestLink);
      } catch (error) {
        expect(error).toBeInstanceOf(LinkError);
        expect((error as Error).message).toMatch(/^link: [^\n]+$/);
      }
    }),
    { seed: 7, numRuns: 500 },
  );
});
