import type { Arena } from '../kernel/memory.ts';
import type { Population } from '../population/population.ts';

/** A world whose state holds infinity or NaN: a fault of a mechanism or of the engine that makes all later results meaningless. */
export class NonFiniteStateError extends Error {
  override readonly name = 'NonFiniteStateError';
}

const opening = 'not finite: ';

/** Whether an error is a `NonFiniteStateError`, including one from a thread that has lost its class on the way. */
export function isNonFiniteState(error: unknown): error is Error {
  return error instanceof Error && error.message.startsWith(opening);
}

/** Numbers of a habitat that are state, in memory. */
export interface HabitatNumbers {
  readonly name: string;
  readonly pointer: number;
  /** Number of f32. */
  readonly count: number;
}

/**
 * Checks that all state of a world is finite, at about 10 GB/s.
 * @param tick of the world, for the message
 * @throws {NonFiniteStateError} names the first column with such a value, the organism and the tick
 */
export function assertFiniteState(
  arena: Arena,
  populations: readonly Population[],
  habitat: readonly HabitatNumbers[],
  tick: number,
): void {
  const { kernel } = arena;
  const advice = 'the run cannot continue; report the scene, the seed and the changes';
  for (const { name, pointer, count } of habitat) {
    const at = kernel.firstNonFinite(pointer, count);
    if (at >= 0) throw new NonFiniteStateError(`${opening}${name} at place ${at}, tick ${tick}; ${advice}`);
  }
  for (const { name, table } of populations) {
    for (const column of table.state) {
      if (column.type !== 'f32' && column.type !== 'f64') continue;
      const look = column.type === 'f32' ? kernel.firstNonFinite : kernel.firstNonFinite64;
      const at = look(table.pointer(column.name), table.count * column.width);
      if (at < 0) continue;
      const row = Math.floor(at / column.width);
      const place = column.width > 1 ? ` (value ${at % column.width})` : '';
      const value = (column.type === 'f32' ? table.f32(column.name) : table.f64(column.name))[at];
      throw new NonFiniteStateError(
        `${opening}column ${column.name}${place} of organism ${table.f64('id')[row]} of ${name} is ${value} at tick ${tick}; ${advice}`,
      );
    }
  }
}
