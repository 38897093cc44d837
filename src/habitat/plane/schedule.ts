import type { SystemSpec } from '../../ecs/world.ts';
import { conceive } from '../../population/conceive.ts';
import { decide } from '../../population/decide.ts';
import { deliver } from '../../population/deliver.ts';
import { die, removeDead } from '../../population/die.ts';
import type { EmbodiedPopulation } from '../../population/embodied-population.ts';
import { metabolise } from '../../population/metabolise.ts';
import { removeSubstitutes } from '../../population/substitutes.ts';
import { Organisms } from '../context.ts';
import { type ScheduleEntry, slot } from '../mechanism-steps.ts';
import { biteTargets } from './bite.ts';
import { turnSeason } from './climate.ts';
import { Climate, Ground, type PlaneContext } from './context.ts';
import { feed } from './feed.ts';
import { leaveCarcasses } from './leave-carcasses.ts';
import { move } from './move.ts';
import { regrow } from './regrow.ts';
import { senseGround } from './sense-ground.ts';
import { senseNeighbours } from './sense-neighbours.ts';
import { senseSelf } from './sense-self.ts';
import { settler } from './settle.ts';
import { sortByPlace } from './sort-by-place.ts';
import { steerDriven } from './steer-driven.ts';

type Step = SystemSpec<PlaneContext>;

const each = (name: string, act: (population: EmbodiedPopulation, context: PlaneContext) => void): Step => ({
  name,
  components: [Organisms],
  run: (entities, context) => {
    for (const entity of entities) act(entity.get(Organisms) as EmbodiedPopulation, context);
  },
});

const all = (name: string, act: (populations: EmbodiedPopulation[], context: PlaneContext) => void): Step => ({
  name,
  components: [Organisms],
  run: (entities, context) =>
    act(
      entities.map((entity) => entity.get(Organisms) as EmbodiedPopulation),
      context,
    ),
});

/** One tick of the plane, in order. All organisms observe and decide on the frozen state before any acts. */
export const planeSchedule = (): readonly ScheduleEntry<PlaneContext>[] => [
  { name: 'season', components: [Climate], run: (_, context) => turnSeason(context) },
  { name: 'regrow', components: [Ground], run: (_, context) => regrow(context) },
  slot('beforeSensing'),
  each('sort', sortByPlace),
  each('sense ground', senseGround),
  each('sense neighbours', senseNeighbours),
  each('sense self', senseSelf),
  each('decide', (population, { tick, kernel }) => decide(population, tick, kernel)),
  all('steer driven', (_, context) => steerDriven(context)),
  slot('beforeActing'),
  each('move', move),
  all('feed', feed),
  all('bite', biteTargets),
  slot('duringLife'),
  each('metabolise', (population, { tick, kernel }) => metabolise(population, tick, kernel)),
  each('die', (population, { kernel }) => die(population, kernel)),
  each('carcasses', leaveCarcasses),
  slot('beforeBreeding'),
  each('breed', (population, { kernel }) => {
    const { ready, parents } = population.table.columns;
    population.breeders = kernel.collectFlagged({ count: population.count, flags: ready, out: parents });
  }),
  slot('chooseMates'),
  slot('beforeConception'),
  each('conceive', (population, context) => {
    context.nextId = conceive(population, context.tick, context.nextId, context.kernel);
  }),
  slot('modifyGamete'),
  slot('modifyChild'),
  each('deliver', (population, { tick, plane }) => deliver(population, tick, settler(plane))),
  // Properties of newborns besides their genomes.
  each('initialise acquired', (population) => population.copyToOwn(population.births.firstRow, population.births.count)),
  slot('atBirth'),
  each('remove substitutes', removeSubstitutes),
  slot('atDeath'),
  each('remove dead', removeDead),
  slot('endOfTick'),
];
