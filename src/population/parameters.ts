// The parameters of a population, each with its text, unit and range.

import { z } from 'zod';
import { parameter } from '../parameter/parameter.ts';
import { actionIds } from '../policy/actions.ts';
import { dominanceParameter, ploidyParameter } from './ploidy-parameter.ts';
import { traitIds } from './traits.ts';

/** Most organisms of a population: what the memory of a world holds of most policies. */
export const mostOrganisms = 2_000_000;

const trait = z
  .strictObject({
    minimum: parameter(z.number().min(-100).max(100), {
      title: 'Lowest value',
      description: 'The trait never goes below this; the genome is mapped onto the range by a logistic curve.',
      unit: 'of the trait',
      live: false,
    }),
    maximum: parameter(z.number().min(-100).max(100), {
      title: 'Highest value',
      description: 'The trait never goes above this.',
      unit: 'of the trait',
      live: false,
    }),
    founder: parameter(z.number().min(-100).max(100), {
      title: 'Founder median',
      description: 'The value of the middle founder (the median); strictly between the lowest and the highest.',
      unit: 'of the trait',
      live: false,
    }),
    deviation: parameter(z.number().min(0).max(3), {
      title: 'Founder deviation',
      description: 'Standard deviation of the locus among founders, before it is mapped onto the range.',
      unit: 'locus units',
      live: false,
    }),
  })
  .partial();

/** What mechanisms add to the parameters of a population besides their switches. */
export interface MechanismFields {
  /** Ids of the optional traits that genomes may carry. */
  readonly optionalTraits: readonly string[];
  /** Fields of `genome`, by the id of the mechanism. */
  readonly genome: Readonly<Record<string, z.ZodType>>;
}

/** Every parameter of a population in the plane, with unit, range, default and meaning: its one definition. */
export const populationParameters = ({ optionalTraits, genome }: MechanismFields) =>
  z.strictObject({
    title: parameter(z.string().max(60).default(''), {
      title: 'Display name',
      description: 'The name of this population on the page.',
      unit: '',
      live: false,
    }),
    founders: parameter(z.int().min(1).max(mostOrganisms).default(1000), {
      title: 'Founders',
      description: 'Organisms at tick 0, placed at random on open ground.',
      unit: 'organisms',
      live: false,
    }),
    capacity: parameter(z.int().min(1).max(mostOrganisms).default(100_000), {
      title: 'Capacity',
      description:
        'No birth takes place while this many organisms live. Reaching it is reported: it is a limit of the machine, not of the world.',
      unit: 'organisms',
      live: true,
    }),
    senses: parameter(z.array(z.string().max(60)).min(1).max(16).default(['grass', 'neighbours', 'energy']), {
      title: 'Senses',
      description: 'What the policy observes, in this order; `upslope mechanisms` lists the available senses.',
      unit: '',
      live: false,
    }),
    policy: z
      .strictObject({
        hidden: parameter(z.int().min(1).max(64).default(12), {
          title: 'Hidden units',
          description: 'Units of the one hidden layer. More units can express more and cost more per tick.',
          unit: 'units',
          live: false,
        }),
        memory: parameter(z.int().min(0).max(8).default(0), {
          title: 'Memory units',
          description: 'Outputs that return as inputs in the next tick (needs the sense `memory`).',
          unit: 'units',
          live: false,
        }),
        deviation: parameter(z.number().min(0).max(4).default(0.6), {
          title: 'Founder weights',
          description: 'Standard deviation of the founders’ weights; they are drawn around 0.',
          unit: 'locus units',
          live: false,
        }),
        biases: parameter(z.partialRecord(z.enum(actionIds), z.number().min(-20).max(20)).default({}), {
          title: 'Founder biases',
          description:
            'Mean among founders of the bias of an action’s output, where it is not 0: how inclined to the action they are at first.',
          unit: 'locus units',
          live: false,
        }),
      })
      .prefault({}),
    genome: z
      .strictObject({
        ploidy: ploidyParameter,
        dominance: dominanceParameter,
        ...genome,
        carries: parameter(z.array(z.enum(optionalTraits)).max(optionalTraits.length).default([]), {
          title: 'Optional loci',
          description:
            'Traits that only some mechanisms read. Those of mechanisms that are on at tick 0, or that the scene switches on later, are carried in any case. In one world all populations carry the same.',
          unit: '',
          live: false,
        }),
      })
      .prefault({}),
    traits: parameter(z.partialRecord(z.enum([...traitIds, ...optionalTraits]), trait).default({}), {
      title: 'Traits',
      description: 'Ranges and founder values that differ from the standard ones, by trait.',
      unit: '',
      live: false,
    }),
    movement: z
      .strictObject({
        turn: parameter(z.number().min(0).max(0.9).default(0.35), {
          title: 'Sharpest turn',
          description: 'Tangent of half the largest turn in one tick; 0.35 is about 39 degrees.',
          unit: '',
          live: true,
          step: 0.01,
        }),
        feedingPace: parameter(z.number().min(0).max(1).default(0.4), {
          title: 'Feeding speed',
          description: 'Share of its speed that an organism keeps in a tick in which it tries to eat.',
          unit: '',
          live: true,
          step: 0.01,
        }),
      })
      .prefault({}),
    energy: z
      .strictObject({
        founder: parameter(z.number().min(0.01).max(1000).default(2), {
          title: 'Founder reserve',
          description: 'Energy in the reserve of a founder.',
          unit: 'energy',
          live: false,
        }),
        storage: parameter(z.number().min(0.1).max(1000).default(8), {
          title: 'Storage',
          description: 'Largest reserve of an organism of size 1; proportional to size.',
          unit: 'energy',
          live: true,
          step: 0.1,
        }),
        body: parameter(z.number().min(0).max(1000).default(1), {
          title: 'Body energy',
          description: 'What the parent pays for a body of size 1, and what a carcass of it holds.',
          unit: 'energy',
          live: true,
          step: 0.1,
        }),
        living: parameter(z.number().min(0).max(10).default(0.012), {
          title: 'Cost of living',
          description: 'Paid every tick by an organism of size 1; grows with size to the power 3/4 (Kleiber).',
          unit: 'energy/tick',
          live: true,
          step: 0.001,
        }),
        moving: parameter(z.number().min(0).max(10).default(0.012), {
          title: 'Cost of moving',
          description: 'Paid for moving at speed 1 with size 1; grows with size and with the square of the speed.',
          unit: 'energy/tick',
          live: true,
          step: 0.001,
        }),
        swiftness: parameter(z.number().min(0).max(10).default(0.003), {
          title: 'Top-speed cost',
          description:
            'Paid every tick for the ability to move at speed 1, moving or not; grows with size and the square of top speed.',
          unit: 'energy/tick',
          live: true,
          step: 0.001,
        }),
        biting: parameter(z.number().min(0).max(10).default(0.01), {
          title: 'Bite cost',
          description: 'Paid for every attempt, hit or miss.',
          unit: 'energy',
          live: true,
          step: 0.001,
        }),
        feeding: parameter(z.number().min(0).max(10).default(0.002), {
          title: 'Cost of feeding',
          description: 'Paid in every tick in which the organism tries to eat.',
          unit: 'energy/tick',
          live: true,
          step: 0.001,
        }),
      })
      .prefault({}),
    diet: z
      .strictObject({
        appetite: parameter(z.number().min(0).max(100).default(0.25), {
          title: 'Appetite',
          description: 'Most that a body of size 1 can eat in a tick; grows with size to the power 3/4.',
          unit: 'energy/tick',
          live: true,
          step: 0.01,
        }),
        grass: parameter(z.number().min(0).max(1).default(1), {
          title: 'Use of grass',
          description: 'Share of the energy in grass that a specialist on grass gains.',
          unit: '',
          live: true,
          step: 0.01,
        }),
        fruit: parameter(z.number().min(0).max(1).default(1), {
          title: 'Use of fruit',
          description: 'Share of the energy in fruit that a specialist on fruit gains.',
          unit: '',
          live: true,
          step: 0.01,
        }),
        carrion: parameter(z.number().min(0).max(1).default(0), {
          title: 'Use of carrion',
          description: 'Share of the energy in carcasses that is gained.',
          unit: '',
          live: true,
          step: 0.01,
        }),
        tradeOff: parameter(z.number().min(0.25).max(0.75).default(0.5), {
          title: 'Diet trade-off',
          description:
            'What a generalist (diet 0.5) loses on either food: a quarter at 0.25, half at 0.5 (a straight line), three quarters at 0.75. Above 0.5 generalists do worse than a mix of specialists.',
          unit: '',
          live: true,
          step: 0.01,
        }),
      })
      .prefault({}),
    bite: z
      .strictObject({
        targets: parameter(z.array(z.string().max(60)).max(4).default([]), {
          title: 'Bites',
          description: 'Populations whose organisms it can bite; without any, biting is not offered to the policy.',
          unit: '',
          live: false,
        }),
        reach: parameter(z.number().min(0).max(32).default(2.5), {
          title: 'Reach',
          description: 'How far ahead a bite goes.',
          unit: 'lengths',
          live: true,
          step: 0.1,
        }),
        damage: parameter(z.number().min(0).max(100).default(2), {
          title: 'Damage',
          description: 'Energy torn from a victim of the same size; grows with the biter’s size over the victim’s.',
          unit: 'energy',
          live: true,
          step: 0.1,
        }),
        gain: parameter(z.number().min(0).max(1).default(0.6), {
          title: 'Gain',
          description: 'Share of the damage that the biter gains.',
          unit: '',
          live: true,
          step: 0.01,
        }),
      })
      .prefault({}),
    life: z
      .strictObject({
        maturity: parameter(z.int().min(0).max(100_000).default(50), {
          title: 'Maturity',
          description: 'Age from which an organism can have offspring.',
          unit: 'ticks',
          live: true,
        }),
        span: parameter(z.int().min(10).max(1_000_000).default(800), {
          title: 'Life span',
          description:
            'Scale of ageing: the risk of death in a tick is 4/span (age/span)^3 (a Weibull law of shape 4; mean life 0.906 span).',
          unit: 'ticks',
          live: true,
        }),
        accident: parameter(z.number().min(0).max(1).default(0.0002), {
          title: 'Accidents',
          description: 'Risk of death in a tick at any age.',
          unit: '1/tick',
          live: true,
          step: 0.0001,
        }),
        spread: parameter(z.number().min(0).max(64).default(2), {
          title: 'Birth distance',
          description: 'Standard deviation of a newborn’s place around its parent, in each direction.',
          unit: 'lengths',
          live: true,
          step: 0.1,
        }),
      })
      .prefault({}),
  });

export type PopulationParameters = z.infer<ReturnType<typeof populationParameters>>;
