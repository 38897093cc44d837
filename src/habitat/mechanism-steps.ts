import type { EcsEntity, SystemSpec } from '../ecs/world.ts';
import {
  type Attraction,
  type BirthSlot,
  birthSlots,
  lifeSlots,
  type Mechanism,
  type MechanismContext,
  type PairContext,
  type Slot,
} from '../mechanisms/mechanism.ts';
import type { MechanismSet } from '../mechanisms/mechanism-set.ts';
import type { Population } from '../population/population.ts';
import { type HabitatContext, Organisms } from './context.ts';
import { componentOf } from './mechanism-components.ts';

/** What a mechanism may use in this tick. */
export const contextOf = (
  id: string,
  population: Population,
  { tick, nearInto, gridOf, gradientInto, openLoci, scatter, kindAt }: HabitatContext,
): MechanismContext => ({
  tick,
  stream: population.stream(id),
  nearInto,
  gridOf,
  gradientInto,
  openLoci,
  scatter,
  kindAt,
});

/** The factors of all mechanisms that are on in a population and affect the attraction of mates. */
const attractionsOf = (
  mechanisms: MechanismSet,
  entity: EcsEntity,
  population: Population,
  context: HabitatContext,
): Attraction[] =>
  mechanisms.all().flatMap(({ id, mateAttraction }) => {
    if (!mateAttraction || !entity.has(componentOf(id))) return [];
    return [mateAttraction(population, entity.get(componentOf(id)), contextOf(id, population, context))];
  });

const allSlots: readonly Slot[] = [...lifeSlots, ...birthSlots, 'chooseMates'];

const isBirthSlot = (slot: Slot): slot is BirthSlot => (birthSlots as readonly string[]).includes(slot);

/** Lets a mechanism act in one population; its component says that it is on there. */
function act(slot: Slot, mechanism: Mechanism, mechanisms: MechanismSet, entity: EcsEntity, context: HabitatContext): void {
  const { id } = mechanism;
  const population = entity.get(Organisms);
  const own = contextOf(id, population, context);
  const parameters = entity.get(componentOf(id));
  if (slot === 'chooseMates') {
    const attractions = attractionsOf(mechanisms, entity, population, context);
    const { candidatesInto, candidatesRepeat } = context;
    const pairing: PairContext = { ...own, attractions, candidatesInto, candidatesRepeat };
    if (population.breeders > 0) mechanism.chooseMates?.(population, parameters, pairing);
  } else if (isBirthSlot(slot)) {
    if (population.births.count === 0) return;
    mechanism[slot]?.(population.births, parameters, own);
    if (slot === 'atBirth') return;
    population.births.trace?.after(id);
    for (const trace of population.originTraces) trace.noteWrites(id);
  } else mechanism[slot]?.(population, parameters, own);
}

/** A place in a schedule at which mechanisms act. @experimental */
export interface SlotEntry {
  readonly slot: Slot;
}

/** The elements of a schedule: steps of its habitat, and slots for those of mechanisms. @experimental */
export type ScheduleEntry<C extends HabitatContext> = SystemSpec<C> | SlotEntry;

/** All mechanisms with such a step act here, in the order of inheritance, over the populations in which they are on. @experimental */
export const slot = (name: Slot): SlotEntry => ({ slot: name });

const stepsOf = (name: Slot, mechanisms: MechanismSet): SystemSpec<HabitatContext>[] =>
  mechanisms
    .all()
    .filter((one) => one[name])
    .map((one) => ({
      name: one.id,
      components: [Organisms, componentOf(one.id)],
      run: (entities, context) => {
        for (const entity of entities) act(name, one, mechanisms, entity, context);
      },
    }));

/**
 * The steps of a schedule, with those of mechanisms.
 * @param habitat its kind, for messages
 * @param mechanisms those whose needs the habitat meets
 * @throws {RangeError} for a mechanism with a step for which the schedule has no slot, so that it would never run
 */
export function fillSlots<C extends HabitatContext>(
  habitat: string,
  schedule: readonly ScheduleEntry<C>[],
  mechanisms: MechanismSet,
): SystemSpec<C>[] {
  const slots = schedule.flatMap((entry) => ('slot' in entry ? entry.slot : []));
  for (const mechanism of mechanisms.all()) {
    const never = allSlots.find((name) => mechanism[name] && !slots.includes(name));
    if (never === undefined) continue;
    throw new RangeError(
      `mechanism '${mechanism.id}': its step '${never}' never runs in the habitat '${habitat}'; list among its needs what that lacks, or use another step`,
    );
  }
  return schedule.flatMap((entry) => ('slot' in entry ? (stepsOf(entry.slot, mechanisms) as SystemSpec<C>[]) : entry));
}
