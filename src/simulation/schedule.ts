import type { EcsEntity, SystemSpec } from '../ecs/world.ts';
import { biteTargets } from '../habitat/plane/bite.ts';
import { turnSeason } from '../habitat/plane/climate.ts';
import { Climate, Ground, Organisms, type PlaneContext, populationsOf } from '../habitat/plane/context.ts';
import { feed } from '../habitat/plane/feed.ts';
import { leaveCarcasses } from '../habitat/plane/leave-carcasses.ts';
import { move } from '../habitat/plane/move.ts';
import { nearInto } from '../habitat/plane/near-into.ts';
import { regrow } from '../habitat/plane/regrow.ts';
import { senseGround } from '../habitat/plane/sense-ground.ts';
import { senseNeighbours } from '../habitat/plane/sense-neighbours.ts';
import { senseSelf } from '../habitat/plane/sense-self.ts';
import { settler } from '../habitat/plane/settle.ts';
import { sortByPlace } from '../habitat/plane/sort-by-place.ts';
import { allMechanisms } from '../mechanisms/index.ts';
import type { Attraction, Mechanism, MechanismContext } from '../mechanisms/mechanism.ts';
import { conceive } from '../population/conceive.ts';
import { decide } from '../population/decide.ts';
import { deliver } from '../population/deliver.ts';
import { bury, die } from '../population/die.ts';
import { metabolise } from '../population/metabolise.ts';
import type { Population } from '../population/population.ts';
import { componentOf } from './mechanism-components.ts';

type Step = SystemSpec<PlaneContext>;

const each = (name: string, act: (population: Population, context: PlaneContext) => void): Step => ({
  name,
  components: [Organisms],
  run: (entities, context) => {
    for (const entity of entities) act(entity.get(Organisms), context);
  },
});

const all = (name: string, act: (populations: Population[], context: PlaneContext) => void): Step => ({
  name,
  components: [Organisms],
  run: (entities, context) => act(populationsOf(entities), context),
});

type MechanismStep = 'pair' | 'inherit' | 'live';

/** What a mechanism may use in this tick. */
const contextOf = (id: string, population: Population, { tick, plane }: PlaneContext): MechanismContext => ({
  tick,
  stream: population.stream(id),
  nearInto: (of, row, reach, out) => nearInto(plane, of, row, reach, out),
});

/** The factors of all mechanisms that are on in a population and weigh pairs. */
const attractionsOf = (entity: EcsEntity, context: PlaneContext): Attraction[] => {
  const population = entity.get(Organisms);
  return allMechanisms().flatMap(({ id, weigh }) => {
    if (!weigh || !entity.has(componentOf(id))) return [];
    return [weigh(population, entity.get(componentOf(id)), contextOf(id, population, context))];
  });
};

/** A mechanism's step runs over the populations in which it is switched on: those that have its component. */
const mechanism = (step: MechanismStep, { id, ...does }: Mechanism): Step => ({
  name: id,
  components: [Organisms, componentOf(id)],
  run: (entities, context) => {
    for (const entity of entities) {
      const population = entity.get(Organisms);
      const own = contextOf(id, population, context);
      const parameters = entity.get(componentOf(id));
      if (step === 'live') does.live?.(population, parameters, own);
      else if (step === 'pair') does.pair?.(population, parameters, { ...own, attractions: attractionsOf(entity, context) });
      else if (population.births.count > 0) {
        does.inherit?.(population.births, parameters, own);
        population.births.trace?.after(id);
      }
    }
  },
});

const mechanisms = (step: MechanismStep) =>
  allMechanisms()
    .filter((one) => one[step])
    .map((one) => mechanism(step, one));

/** One tick of the plane, in order. Everyone observes and decides on the frozen state before anyone acts. */
export const planeSchedule = (): readonly Step[] => [
  { name: 'season', components: [Climate], run: (_, context) => turnSeason(context) },
  { name: 'regrow', components: [Ground], run: (_, context) => regrow(context) },
  each('sort', sortByPlace),
  each('sense ground', senseGround),
  each('sense neighbours', senseNeighbours),
  each('sense self', senseSelf),
  each('decide', (population, { tick, kernel }) => decide(population, tick, kernel)),
  each('move', move),
  all('feed', feed),
  all('bite', biteTargets),
  ...mechanisms('live'),
  each('metabolise', (population, { tick, kernel }) => metabolise(population, tick, kernel)),
  each('die', (population, { kernel }) => die(population, kernel)),
  each('carcasses', leaveCarcasses),
  ...mechanisms('pair'),
  each('conceive', (population, context) => {
    context.nextId = conceive(population, context.tick, context.nextId, context.kernel);
  }),
  ...mechanisms('inherit'),
  each('deliver', (population, { tick, plane }) => deliver(population, tick, settler(plane))),
  each('bury', bury),
];
