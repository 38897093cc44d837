import type { StateColumn } from '../ecs/table.ts';

/** Whether all values are finite. x - x is 0 for every finite x and NaN for the rest; a plain loop, because genomes are long. */
export function areFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] - values[i] !== 0) return false;
  return true;
}

/** Numbers of a column, which need not be aligned in its buffer. */
export const floatsOf = (bytes: Uint8Array) => new Float32Array(bytes.slice().buffer);

/**
 * Checks that the populations' state columns hold finite numbers only.
 * @param columns each population's, one population behind the other
 * @param states each population's state columns as the snapshot lays them out
 */
export function checkFinite(
  columns: readonly Uint8Array[],
  states: readonly (readonly StateColumn[])[],
  populations: readonly { readonly name: string }[],
  refuse: (what: string) => never,
): void {
  let next = 0;
  for (const [p, { name }] of populations.entries()) {
    for (const column of states[p]) {
      const bytes = columns[next++];
      if (column.type === 'f32' && !areFinite(floatsOf(bytes)))
        refuse(`${column.name} of ${name} holds a value that is not a finite number`);
    }
  }
}
