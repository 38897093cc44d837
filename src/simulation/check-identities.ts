import type { StateColumn } from '../ecs/table.ts';

/**
 * Checks the identities of the organisms in a snapshot: every id occurs once, below `nextId`, as do those of parents and founders, and
 * nothing was born after the snapshot's tick; what is dead has died by then, after its birth.
 * @param columns each population's state columns, one population behind the other, then those of each bank of the dead
 * @param states each population's or bank's state columns as the snapshot lays them out
 */
export function checkIdentities(
  columns: readonly Uint8Array[],
  states: readonly (readonly StateColumn[])[],
  populations: readonly { readonly name: string }[],
  { tick, nextId }: { readonly tick: number; readonly nextId: number },
  refuse: (what: string) => never,
): void {
  const seen = new Set<number>();
  let next = 0;
  for (const [p, { name }] of populations.entries()) {
    let birthTicks = new Int32Array(0);
    for (const column of states[p]) {
      const bytes = columns[next++];
      if (column.type === 'f64') {
        const least = column.name === 'parent' ? -1 : 0;
        for (const id of new Float64Array(bytes.slice().buffer)) {
          if (!(Number.isInteger(id) && id >= least && id < nextId))
            refuse(`${column.name} of ${name} holds a value that is not an organism`);
          if (column.name !== 'id') continue;
          if (seen.has(id)) refuse(`organism ${id} is listed twice`);
          seen.add(id);
        }
      } else if (column.name === 'birthTick') {
        birthTicks = new Int32Array(bytes.slice().buffer);
        for (const born of birthTicks) {
          // An age fits into 31 bits.
          if (born > tick || tick - born > 2_000_000_000) refuse(`an organism of ${name} was born at tick ${born}`);
        }
      } else if (column.name === 'deathTick') {
        for (const [row, died] of new Int32Array(bytes.slice().buffer).entries()) {
          if (died > tick || died <= birthTicks[row])
            refuse(`an organism of ${name} was born at tick ${birthTicks[row]} and dead at tick ${died}`);
        }
      }
    }
  }
}
