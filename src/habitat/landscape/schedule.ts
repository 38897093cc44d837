import type { SystemSpec } from '../../ecs/world.ts';
import { conceive } from '../../population/conceive.ts';
import { die, removeDead } from '../../population/die.ts';
import { removeSubstitutes } from '../../population/substitutes.ts';
import { Organisms } from '../context.ts';
import { type ScheduleEntry, slot } from '../mechanism-steps.ts';
import { accept } from './accept.ts';
import { chooseParents } from './choose-parents.ts';
import type { LandscapeContext } from './context.ts';
import { cull } from './cull.ts';
import type { LandscapePopulation } from './landscape-population.ts';
import type { LandscapeModel } from './parameters.ts';
import { reproduce } from './reproduce.ts';

type Step = SystemSpec<LandscapeContext>;

const each = (name: string, act: (population: LandscapePopulation, context: LandscapeContext) => void): Step => ({
  name,
  components: [Organisms],
  run: (entities, context) => {
    for (const entity of entities) act(entity.get(Organisms) as LandscapePopulation, context);
  },
});

/** One tick on a landscape, in order: a generation, one birth and one death, or one mutant's fate. */
export const landscapeSchedule = (model: LandscapeModel): readonly ScheduleEntry<LandscapeContext>[] => [
  slot('beforeSensing'),
  slot('duringLife'),
  slot('beforeBreeding'),
  each('choose parents', chooseParents),
  slot('chooseMates'),
  slot('beforeConception'),
  each('conceive', (population, context) => {
    context.nextId = conceive(population, context.tick, context.nextId, context.kernel);
  }),
  slot('modifyGamete'),
  slot('modifyChild'),
  each('reproduce', reproduce),
  // Properties of newborns besides their genomes.
  each('initialise acquired', (population) => population.copyToOwn(population.births.firstRow, population.births.count)),
  slot('atBirth'),
  each('remove substitutes', removeSubstitutes),
  each('cull', cull),
  ...(model === 'annealing' || model === 'fixation' ? [each('accept', accept)] : []),
  each('die', (population, { kernel }) => die(population, kernel)),
  slot('atDeath'),
  each('remove dead', removeDead),
  // Organisms have moved between rows, and the set has changed.
  each('age', (population) => {
    population.stale = true;
  }),
  slot('endOfTick'),
];
