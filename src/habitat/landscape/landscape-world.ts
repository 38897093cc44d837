// The part of a world that is special to landscapes: its one population, and how it meets the landscape.

import type { StateColumn } from '../../ecs/table.ts';
import type { MechanismSet } from '../../mechanisms/mechanism-set.ts';
import { checkFinite } from '../finite-columns.ts';
import type { HabitatScene, HabitatWorld, WorldMaterials } from '../habitat-world.ts';
import { contextOf } from '../mechanism-steps.ts';
import type { LandscapeContext } from './context.ts';
import { dimensionsOf } from './dimensions-of.ts';
import { drawEncounters } from './draw-encounters.ts';
import { makeLandscape } from './forms.ts';
import { foundOnLandscape } from './found-landscape.ts';
import type { Landscape } from './landscape.ts';
import { LandscapePopulation, type LandscapePopulationScene } from './landscape-population.ts';
import type { LandscapeParameters } from './parameters.ts';
import { landscapeSchedule } from './schedule.ts';

export type LandscapeSceneParts = HabitatScene<LandscapeParameters, LandscapePopulationScene>;

/** A population on a mathematical landscape whose gradient is known exactly. */
export class LandscapeWorld implements HabitatWorld<LandscapeSceneParts, LandscapeContext> {
  readonly populations: readonly LandscapePopulation[];
  readonly context: LandscapeContext;
  readonly schedule: HabitatWorld<LandscapeSceneParts, LandscapeContext>['schedule'];
  private readonly groundSeed: string;
  private readonly mechanisms: MechanismSet;
  /** Parameters of the form from which the landscape was made. */
  private made = '';

  constructor({ arena, scene, seed, groundSeed, vocabulary: { mechanisms } }: WorldMaterials<LandscapeSceneParts>) {
    const { habitat } = scene;
    this.groundSeed = groundSeed;
    this.mechanisms = mechanisms;
    this.schedule = landscapeSchedule(habitat.model);
    const dimensions = dimensionsOf(habitat);
    this.populations = Object.entries(scene.populations).map(
      ([name, parameters], index) => new LandscapePopulation(arena, name, index, parameters, dimensions, seed, mechanisms),
    );
    for (const population of this.populations) {
      population.ledgers = mechanisms.inherited();
      population.writers = mechanisms.variation();
    }
    const context: LandscapeContext = {
      tick: 0,
      kernel: arena.kernel,
      landscape: this.makeLandscape(habitat),
      parameters: habitat,
      populations: this.populations,
      nextId: 0,
      nearInto: (of, row, _reach, out) =>
        drawEncounters(
          of as LandscapePopulation,
          row,
          0,
          { tick: context.tick, encounters: context.parameters.encounters, by: 'chance' },
          out,
        ),
      gradientInto: (of, row, room) => {
        const population = of as LandscapePopulation;
        const { table, layout, actsBy } = population;
        // The landscape must first be given the living organisms and the time.
        population.evaluate(context.landscape, context.tick);
        context.landscape.gradient(table.f32(actsBy), row * layout.stride, room(dimensions));
        return dimensions;
      },
      openLoci: (of, row) => {
        const { table, layout, actsBy } = of as LandscapePopulation;
        return context.landscape.openLoci?.(table.f32(actsBy), row * layout.stride) ?? -1;
      },
      candidatesRepeat: true,
      candidatesInto: (of, row, entry, _reach, out) =>
        drawEncounters(
          of as LandscapePopulation,
          row,
          entry,
          { tick: context.tick, encounters: context.parameters.encounters, by: 'fitness' },
          out,
        ),
    };
    this.context = context;
  }

  /** The current landscape. */
  get landscape(): Landscape {
    return this.context.landscape;
  }

  /** Log fitness of the living of a population, by row, on the current landscape. Valid until the next step. */
  logFitness(population: LandscapePopulation): Float64Array {
    population.evaluate(this.landscape, this.context.tick);
    return population.table.f64('logFitness').subarray(0, population.count);
  }

  found(): void {
    const { context } = this;
    for (const population of this.populations) context.nextId = foundOnLandscape(population, context.nextId, context.kernel);
  }

  apply({ habitat }: LandscapeSceneParts): void {
    const { context } = this;
    context.parameters = habitat;
    if (JSON.stringify(habitat.forms[habitat.form]) !== this.made) {
      const former = context.landscape.state?.();
      context.landscape = this.makeLandscape(habitat);
      if (former !== undefined) context.landscape.restore?.(former);
    }
    for (const population of this.populations) {
      population.stale = true;
      population.forgetDemes();
      const { mechanisms: switches } = population.parameters;
      population.fitnessTerms = this.mechanisms
        .all()
        .flatMap(({ id, logFitness }) =>
          logFitness && switches[id].on ? [() => logFitness(population, switches[id], contextOf(id, population, context))] : [],
        );
    }
  }

  blocks(): readonly [] {
    return [];
  }

  state(): unknown {
    return this.landscape.state?.();
  }

  restore(state: unknown): void {
    this.landscape.restore?.(state);
  }

  checkColumns(
    columns: readonly Uint8Array[],
    states: readonly (readonly StateColumn[])[],
    refuse: (what: string) => never,
  ): void {
    checkFinite(columns, states, this.populations, refuse);
  }

  private makeLandscape(habitat: LandscapeParameters): Landscape {
    const { form, forms } = habitat;
    this.made = JSON.stringify(forms[form]);
    return makeLandscape(form, dimensionsOf(habitat), forms[form], this.groundSeed);
  }
}
