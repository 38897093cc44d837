import type { Tree } from '../../../src/analysis/tree/tree.ts';

/** A tree of lines from rows of [parent, origin, end]. */
export function makeTree(rows: readonly (readonly [number, number, number])[]): Tree {
  return {
    count: rows.length,
    parent: Int32Array.from(rows, ([up]) => up),
    origin: Float64Array.from(rows, ([, from]) => from),
    end: Float64Array.from(rows, ([, , to]) => to),
    id: Float64Array.from(rows.keys()),
  };
}

/** Each line bears the next one after a tick. */
export const caterpillar = (count: number): Tree => ({
  count,
  parent: Int32Array.from({ length: count }, (_, i) => i - 1),
  origin: Float64Array.from({ length: count }, (_, i) => i),
  end: new Float64Array(count).fill(Infinity),
  id: Float64Array.from({ length: count }, (_, i) => i),
});

/** Collects what a writer writes. */
export function written(write: (sink: (chunk: Uint8Array) => void) => void): string {
  const decoder = new TextDecoder();
  let text = '';
  write((chunk) => {
    text += decoder.decode(chunk);
  });
  return text;
}
