import type { StateColumn } from '../ecs/table.ts';
import type { LandscapeContext } from '../habitat/landscape/context.ts';
import { dimensionsOf } from '../habitat/landscape/dimensions-of.ts';
import { makeLandscape } from '../habitat/landscape/forms.ts';
import { foundOnLandscape } from '../habitat/landscape/found-landscape.ts';
import type { Landscape } from '../habitat/landscape/landscape.ts';
import { LandscapePopulation } from '../habitat/landscape/landscape-population.ts';
import { meetOthers } from '../habitat/landscape/meet-others.ts';
import type { LandscapeParameters } from '../habitat/landscape/parameters.ts';
import { allMechanisms, inheritedMechanisms, variationMechanisms } from '../mechanisms/index.ts';
import { readAct } from '../scene/acts.ts';
import { SceneError } from '../scene/error.ts';
import type { LandscapeScene } from '../scene/schema.ts';
import { checkFinite } from './check-state.ts';
import { landscapeSchedule } from './landscape-schedule.ts';
import { contextOf } from './mechanism-steps.ts';
import { scenesOf, startOf } from './scene-of-world.ts';
import { type ReadSnapshot, type StateBlock, WorldSimulation } from './world-simulation.ts';

export { dimensionsOf };

/** A population on a mathematical landscape whose gradient is known exactly. @experimental */
export class LandscapeSimulation extends WorldSimulation {
  declare initialScene: LandscapeScene;
  declare scene: LandscapeScene;
  readonly populations: readonly LandscapePopulation[];
  readonly ground = undefined;
  protected readonly context: LandscapeContext;
  /** Parameters of the form that the landscape was made of. */
  private made = '';

  private constructor(initialScene: LandscapeScene, scene: LandscapeScene, seed: string, groundSeed: string) {
    super(initialScene, scene, seed, groundSeed);
    const { habitat } = scene;
    const dimensions = dimensionsOf(habitat);
    try {
      this.populations = Object.entries(scene.populations).map(
        ([name, parameters], index) => new LandscapePopulation(this.arena, name, index, parameters, dimensions, seed),
      );
    } catch (error) {
      this.arena.dispose();
      throw error;
    }
    for (const population of this.populations) {
      population.ledgers = inheritedMechanisms('landscape');
      population.writers = variationMechanisms('landscape');
    }
    const context: LandscapeContext = {
      tick: 0,
      kernel: this.arena.kernel,
      landscape: this.makeLandscape(habitat),
      parameters: habitat,
      populations: this.populations,
      nextId: 0,
      nearInto: (of, row, _reach, out) =>
        meetOthers(
          of as LandscapePopulation,
          row,
          0,
          { tick: context.tick, encounters: context.parameters.encounters, by: 'chance' },
          out,
        ),
      gradientInto: (of, row, room) => {
        const population = of as LandscapePopulation;
        const { table, layout, dimensions, actsBy } = population;
        // Who lives, and when it is, the landscape has to be shown first.
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
        meetOthers(
          of as LandscapePopulation,
          row,
          entry,
          { tick: context.tick, encounters: context.parameters.encounters, by: 'fitness' },
          out,
        ),
    };
    this.context = context;
    this.begin(landscapeSchedule(habitat.model), context);
  }

  static found(scene: LandscapeScene, seed: string): LandscapeSimulation {
    const simulation = new LandscapeSimulation(scene, startOf(scene) as LandscapeScene, seed, seed);
    const { context, populations } = simulation;
    return simulation.populate(() => {
      for (const population of populations) context.nextId = foundOnLandscape(population, context.nextId, context.kernel);
    });
  }

  static fromSnapshot(read: ReadSnapshot, trusted = false): LandscapeSimulation {
    const { text } = read;
    return new LandscapeSimulation(...scenesOf<LandscapeScene>(text), text.seed, text.groundSeed).resume(read, trusted);
  }

  /** The landscape as it is now. */
  get landscape(): Landscape {
    return this.context.landscape;
  }

  /** Log fitness of the living of a population, by row, as the landscape is now. Valid until the next step. */
  logFitness(population: LandscapePopulation): Float64Array {
    population.evaluate(this.landscape, this.tick);
    return population.table.f64('logFitness').subarray(0, population.count);
  }

  protected override twin(read: ReadSnapshot): LandscapeSimulation {
    return LandscapeSimulation.fromSnapshot(read, true);
  }

  protected override applyHabitat(): void {
    const { habitat } = this.scene as LandscapeScene;
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
      const { mechanisms } = population.parameters;
      population.fitnessTerms = allMechanisms('landscape').flatMap(({ id, logFitness }) =>
        logFitness && mechanisms[id].on
          ? [() => logFitness(population, mechanisms[id], contextOf(id, population, this.context))]
          : [],
      );
    }
  }

  protected override perform(path: string, value: unknown): never {
    readAct(this.scene, path, value);
    throw new SceneError(`${path}: hands do not reach here`);
  }

  protected override habitatBlocks(): readonly StateBlock[] {
    return [];
  }

  protected override habitatState(): unknown {
    return this.landscape.state?.();
  }

  protected override restoreHabitat(state: unknown): void {
    this.landscape.restore?.(state);
  }

  protected override checkColumns(columns: readonly Uint8Array[], states: readonly (readonly StateColumn[])[]): void {
    checkFinite(columns, states, this.populations);
  }

  private makeLandscape(habitat: LandscapeParameters): Landscape {
    const { form, forms } = habitat;
    this.made = JSON.stringify(forms[form]);
    return makeLandscape(form, dimensionsOf(habitat), forms[form], this.groundSeed);
  }
}
