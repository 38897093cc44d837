import type { EcsEntity, SystemSpec } from '../ecs/world.ts';
import { type HabitatContext, Organisms } from '../habitat/context.ts';
import { allMechanisms } from '../mechanisms/index.ts';
import type { Attraction, Mechanism, MechanismContext, PairContext } from '../mechanisms/mechanism.ts';
import type { Population } from '../population/population.ts';
import { componentOf } from './mechanism-components.ts';

export type MechanismStep = 'pair' | 'inherit' | 'born' | 'live';

/** What a mechanism may use in this tick. */
export const contextOf = (
  id: string,
  population: Population,
  { tick, nearInto, gradientInto, openLoci, scatter }: HabitatContext,
): MechanismContext => ({
  tick,
  stream: population.stream(id),
  nearInto,
  ...(gradientInto ? { gradientInto } : {}),
  ...(openLoci ? { openLoci } : {}),
  ...(scatter ? { scatter } : {}),
});

/** The factors of all mechanisms that are on in a population and weigh pairs. */
const attractionsOf = (entity: EcsEntity, population: Population, context: HabitatContext): Attraction[] =>
  allMechanisms().flatMap(({ id, weigh }) => {
    if (!weigh || !entity.has(componentOf(id))) return [];
    return [weigh(population, entity.get(componentOf(id)), contextOf(id, population, context))];
  });

/** A mechanism's step runs over the populations in which it is switched on: those that have its component. */
const mechanism = (step: MechanismStep, { id, ...does }: Mechanism): SystemSpec<HabitatContext> => ({
  name: id,
  components: [Organisms, componentOf(id)],
  run: (entities, context) => {
    for (const entity of entities) {
      const population = entity.get(Organisms);
      const own = contextOf(id, population, context);
      const parameters = entity.get(componentOf(id));
      if (step === 'live') does.live?.(population, parameters, own);
      else if (step === 'pair') {
        const attractions = attractionsOf(entity, population, context);
        const pairing: PairContext = {
          ...own,
          attractions,
          candidatesInto: context.candidatesInto,
          candidatesRepeat: context.candidatesRepeat,
        };
        if (population.breeders > 0) does.pair?.(population, parameters, pairing);
      } else if (step === 'born') {
        if (population.births.count > 0) does.born?.(population.births, parameters, own);
      } else if (population.births.count > 0) {
        does.inherit?.(population.births, parameters, own);
        population.births.trace?.after(id);
        for (const trace of population.originTraces) trace.noteWrites(id);
      }
    }
  },
});

/** One step of all mechanisms that take it, in the order of inheritance. */
export const mechanismSteps = (step: MechanismStep): SystemSpec<HabitatContext>[] =>
  allMechanisms()
    .filter((one) => one[step])
    .map((one) => mechanism(step, one));
