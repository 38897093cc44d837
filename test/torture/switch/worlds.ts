import { floatsNamed } from '../../../src/ecs/table.ts';
import { planeHabitat } from '../../../src/habitat/plane/plane-habitat.ts';
import { mechanisms } from '../../../src/mechanisms/index.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import type { Simulation } from '../../../src/simulation/types.ts';

/** Genomes with a locus for everything that any mechanism reads. */
const genome = {
  carries: mechanisms
    .of(planeHabitat.gives)
    .optionalTraits()
    .map(({ id }) => id),
  transposons: { sites: 8, copies: 2 },
};

/** Mechanisms that act often, so that a few ticks show what they do. */
const often = {
  'segregation-distortion': { transmission: 0.9, cost: 0.5 },
  transfer: { rate: 0.2 },
  transposons: { insertion: 0.5, excision: 0.2 },
  imitation: { attention: 0.5 },
  migration: { rate: 0.2 },
  payoffs: { encounters: 0.5, energy: 0 },
  'mate-choice': { displayCost: 0, choiceCost: 0 },
  'sexual-reproduction': { reach: 30 },
  mutation: { deviation: 0.3, rate: 0.5, evolvable: true },
  revival: { share: 0.3, rate: 0.5, size: 12 },
};

/** Two populations, one haploid and one diploid, whose members are soon ready for offspring. */
const plane = (energy: Record<string, number>, habitat: Record<string, unknown>, life: Record<string, number>) =>
  parseScene(
    {
      version: 1,
      name: 'switches',
      title: 'Switches',
      habitat: { kind: 'plane', width: 64, height: 64, ...habitat },
      populations: Object.fromEntries(
        [1, 2].map((ploidy) => [
          ploidy === 1 ? 'haploids' : 'diploids',
          {
            founders: 24,
            capacity: 60,
            senses: ['grass', 'neighbours', 'energy', 'cue'],
            policy: { hidden: 3 },
            genome: { ...genome, ploidy },
            energy: { founder: 7, ...energy },
            life: { maturity: 2, ...life },
            mechanisms: often,
          },
        ]),
      ),
    },
    'test',
  );

export const switchLandscape = (ploidy: 1 | 2) =>
  parseScene(
    {
      version: 1,
      name: 'switches',
      title: 'Switches',
      habitat: { kind: 'landscape', form: 'bowl', dimensions: 3, model: 'wright-fisher', encounters: 3 },
      populations: {
        line: {
          founders: 24,
          start: { deviation: 1 },
          genome: {
            ploidy,
            carries: ['mutation.scale', 'marker.1', 'marker.2', 'marker.3', 'learning.rate', 'display', 'preference'],
            transposons: { sites: 8, copies: 2 },
          },
          mechanisms: {
            transfer: { rate: 0.2 },
            migration: { rate: 0.2, demes: 4 },
            mutation: { deviation: 0.1, rate: 0.5 },
            revival: { share: 0.3, rate: 0.5, size: 30, kept: 'parents' },
          },
        },
      },
    },
    'test',
  );

export const lively = plane({}, { grass: { capacity: 2, cover: 1 } }, { span: 40 });

/** Without food, costs and deaths: energy only changes hands. */
export const closed = plane(
  { living: 0, moving: 0, swiftness: 0, feeding: 0, biting: 0, body: 1, storage: 8 },
  { grass: { capacity: 0 }, fruit: { capacity: 0 } },
  { accident: 0, span: 100_000 },
);

/** Energy in the reserves and bodies of all that live. */
export function energyOf({ populations }: Simulation): number {
  let sum = 0;
  for (const { table } of populations) {
    for (let row = 0; row < table.count; row++)
      sum += table.f32(floatsNamed('energy'))[row] + table.f32(floatsNamed('body'))[row];
  }
  return sum;
}

/** Looks at a closed world after every tick: no energy is made or lost. @throws {Error} where it is */
export function balance(): (simulation: Simulation) => void {
  let former: number | undefined;
  return (simulation) => {
    const now = energyOf(simulation);
    // A float32 reserve of 8 is known to 2^-21; each organism takes a few roundings in a tick.
    if (former !== undefined && Math.abs(now - former) >= 120 * 16 * 2 ** -21) {
      throw new Error(`energy went from ${former} to ${now} in tick ${simulation.tick - 1}`);
    }
    former = now;
  };
}
