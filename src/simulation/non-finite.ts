import { isOf } from '../ecs/table.ts';
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
    const at = kernel.firstNonFinite({ values: { name, pointer, bytes: 4 * count }, count });
    if (at >= 0) throw new NonFiniteStateError(`${opening}${name} at place ${at}, tick ${tick}; ${advice}`);
  }
  for (const { name, table } of populations) {
    for (const column of table.state) {
      const count = table.count * column.width;
      let at = -1;
      if (isOf(column, 'f32')) at = kernel.firstNonFinite({ values: column, count });
      else if (isOf(column, 'f64')) at = kernel.firstNonFinite64({ values: column, count });
      if (at < 0) continue;
      const row = Math.floor(at / column.width);
      const place = column.width > 1 ? ` (value ${at % column.width})` : '';
      throw new NonFiniteStateError(
        `${opening}column ${column.name}${place} of organism ${table.f64('id')[row]} of ${name} is ${column.values[at]} at tick ${tick}; ${advice}`,
      );
    }
  }
}
