import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Files, nodeFiles, orUserError, piece, readAll, writeAll } from '../../../src/cli/files.ts';
import { Workplace } from './test-io.ts';

let place: Workplace;
beforeAll(() => {
  place = new Workplace();
});
afterAll(() => place.remove());

/** A disk that takes and gives as little at a time as it likes, and only notes what is too large to be real here. */
function stingy(most: number, asked: number[] = []): Files {
  return {
    ...nodeFiles,
    readSync: ((descriptor: number, bytes: Uint8Array, at: number, length: number, from: null) => {
      asked.push(length);
      return nodeFiles.readSync(descriptor, bytes, at, Math.min(length, most), from);
    }) as Files['readSync'],
    writeSync: ((descriptor: number, bytes: Uint8Array, at: number, length: number) => {
      asked.push(length);
      return bytes.length > 1e9 ? length : nodeFiles.writeSync(descriptor, bytes, at, Math.min(length, most));
    }) as Files['writeSync'],
  };
}

describe('files piece by piece', () => {
  const bytes = Uint8Array.from({ length: 200_001 }, (_, i) => (i * 31) & 255);

  test('come back whole, however the system cuts them', () => {
    for (const most of [1000, 65_536, 1e9]) {
      const path = place.at(`pieces ${most}`);
      const descriptor = nodeFiles.openSync(path, 'w');
      writeAll(stingy(most), descriptor, bytes);
      nodeFiles.closeSync(descriptor);
      expect(Buffer.compare(readFileSync(path), bytes)).toBe(0);
      expect(Buffer.compare(readAll(stingy(most), path), bytes)).toBe(0);
    }
  });

  test('of more than 2 GiB are never asked of the system at once', () => {
    const asked: number[] = [];
    // Never touched, and so never really there.
    writeAll(stingy(0, asked), 0, new Uint8Array(2 ** 31 + 5));
    expect(asked).toEqual([piece, piece, 5]);
  });

  test('are read no further than allowed', () => {
    const path = place.at('long');
    writeFileSync(path, bytes);
    expect(readAll(nodeFiles, path, bytes.length).length).toBe(bytes.length);
    expect(readAll(nodeFiles, path, bytes.length - 1).length).toBe(bytes.length);
    expect(readAll(nodeFiles, '/dev/zero', 1000).length).toBeGreaterThan(1000);
    expect(readAll(nodeFiles, '/dev/null').length).toBe(0);
  });
});

test('a path with a null byte is refused as every other that cannot be read', () => {
  expect(() => orUserError('cannot read x', 'give another', () => readAll(nodeFiles, '\0'))).toThrow(
    'cannot read x: its name holds a null byte; give another',
  );
});
