// The order of what happens in a tick on patches.

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
import type { PatchesContext } from './context.ts';
import { feedOnPatches, regrowPatches } from './feed-on-patches.ts';
import type { PatchesParameters } from './parameters.ts';
import { sensePatches } from './senses.ts';
import { bearGeneration, chooseParentsOnPatches } from './separate-generations.ts';
import { settleNewborns } from './settle-newborns.ts';
import { sortByPatch } from './sort-by-patch.ts';
import { travel } from './travel.ts';

type Step = SystemSpec<PatchesContext>;

const all = (name: string, act: (populations: readonly EmbodiedPopulation[], context: PatchesContext) => void): Step => ({
  name,
  components: [Organisms],
  run: (entities, context) =>
    act(
      entities.map((entity) => entity.get(Organisms) as EmbodiedPopulation),
      context,
    ),
});

const each = (name: string, act: (population: EmbodiedPopulation, context: PatchesContext) => void): Step =>
  all(name, (populations, context) => {
    for (const population of populations) act(population, context);
  });

const birth = [
  slot('chooseMates'),
  slot('beforeConception'),
  each('conceive', (population, context) => {
    context.nextId = conceive(population, context.tick, context.nextId, context.kernel);
  }),
  slot('modifyGamete'),
  slot('modifyChild'),
];

const acquired = [
  each('initialise acquired', (population) => population.copyToOwn(population.births.firstRow, population.births.count)),
  slot('atBirth'),
  each('remove substitutes', removeSubstitutes),
];

/** One tick on patches, in order. All organisms observe and decide on the frozen state before any acts. */
export const patchesSchedule = ({ generations }: PatchesParameters): readonly ScheduleEntry<PatchesContext>[] => [
  all('regrow', (_, context) => regrowPatches(context)),
  slot('beforeSensing'),
  each('sort', sortByPatch),
  each('sense', sensePatches),
  each('decide', (population, { tick, kernel }) => decide(population, tick, kernel)),
  slot('beforeActing'),
  ...(generations === 'overlapping' ? [each('travel', travel)] : []),
  all('feed', feedOnPatches),
  slot('duringLife'),
  ...(generations === 'overlapping'
    ? [
        each('metabolise', (population, { tick, kernel }) => metabolise(population, tick, kernel)),
        each('die', (population, { kernel }) => die(population, kernel)),
        slot('beforeBreeding'),
        each('breed', (population, { kernel }) => {
          const { ready, parents } = population.table.columns;
          population.breeders = kernel.collectFlagged({ count: population.count, flags: ready, out: parents });
        }),
        ...birth,
        // Newborns are born where their parent is.
        each('deliver', (population, { tick }) => deliver(population, tick, () => false)),
        each('settle', settleNewborns),
        ...acquired,
      ]
    : [
        slot('beforeBreeding'),
        each('choose parents', chooseParentsOnPatches),
        ...birth,
        each('bear', bearGeneration),
        ...acquired,
        each('die', (population, { kernel }) => die(population, kernel)),
      ]),
  slot('atDeath'),
  each('remove dead', removeDead),
  slot('endOfTick'),
];
