import { z } from 'zod';
import { safeParse } from '../../parameter/safe-parse.ts';
import type { PlaneContext } from './context.ts';

/** What a person has an organism do, tick after tick, in place of what its policy decides. */
export interface DriveOrder {
  readonly population: string;
  readonly id: number;
  readonly turn: number;
  readonly thrust: number;
  readonly eat: boolean;
  readonly bite: boolean;
  /** First tick at which its policy decides again. */
  readonly until: number;
}

const order: z.ZodType<DriveOrder> = z.strictObject({
  population: z.string(),
  id: z.int().min(0),
  turn: z.number().min(-1).max(1),
  thrust: z.number().min(0).max(1),
  eat: z.boolean(),
  bite: z.boolean(),
  until: z.int().min(0),
});

/** Orders of a snapshot; undefined if they are none. */
export function readOrders(state: unknown): DriveOrder[] | undefined {
  if (state === undefined) return [];
  const read = safeParse(z.strictObject({ driven: z.array(order).max(1000) }), state);
  return read.success ? read.data.driven : undefined;
}

/** Organisms that are driven by hand act as they are ordered. Their policies have decided all the same, so that no draw shifts. */
export function steerDriven(context: PlaneContext): void {
  if (context.driven.length === 0) return;
  context.driven = context.driven.filter(({ population: name, id, turn, thrust, eat, bite, until }) => {
    if (context.tick >= until) return false;
    const population = context.populations.find((one) => one.name === name);
    const row = population?.rowOf(id) ?? -1;
    if (!population || row < 0) return false;
    const { table } = population;
    table.f32('turn')[row] = turn;
    table.f32('thrust')[row] = thrust;
    table.f32('eat')[row] = eat ? 1 : 0;
    const biting = table.find('bite');
    if (biting) biting.values[row] = bite ? 1 : 0;
    return true;
  });
}
