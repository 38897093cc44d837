import type { StateColumn } from '../ecs/table.ts';
import { biteColumns } from '../habitat/plane/bite.ts';
import { Climate, Ground, type PlaneContext } from '../habitat/plane/context.ts';
import { feedColumns } from '../habitat/plane/feed.ts';
import { nearInto } from '../habitat/plane/near-into.ts';
import { Plane } from '../habitat/plane/plane.ts';
import { neighbourColumns } from '../habitat/plane/sense-neighbours.ts';
import { placeSenses } from '../habitat/plane/senses.ts';
import { type Scatterer, scatterer } from '../habitat/plane/settle.ts';
import { gridColumns } from '../habitat/plane/sort-by-place.ts';
import { mechanisms } from '../mechanisms/index.ts';
import { found } from '../population/found.ts';
import { phenotypeColumns } from '../population/phenotype.ts';
import { PlanePopulation } from '../population/plane-population.ts';
import type { Population } from '../population/population.ts';
import { carriedTraitsOf } from '../scene/carry-loci.ts';
import type { PlaneScene } from '../scene/schema.ts';
import type { Done } from './acts/hand.ts';
import { performAct } from './acts/perform-act.ts';
import { checkState } from './check-state.ts';
import { offeredActions } from './offered-actions.ts';
import { scenesOf, startOf } from './scene-of-world.ts';
import { planeSchedule } from './schedule.ts';
import { type ReadSnapshot, type StateBlock, WorldSimulation } from './world-simulation.ts';

/** A world of populations in the plane. */
export class PlaneSimulation extends WorldSimulation {
  declare initialScene: PlaneScene;
  declare scene: PlaneScene;
  readonly populations: readonly PlanePopulation[];
  readonly ground: Plane;
  protected readonly context: PlaneContext;

  private constructor(initialScene: PlaneScene, scene: PlaneScene, seed: string, groundSeed: string, origin?: PlaneSimulation) {
    super(initialScene, scene, seed, groundSeed);
    // What the policy is offered was settled at tick 0, whatever has been switched on or off since.
    const start = startOf(initialScene);
    const carried = carriedTraitsOf(initialScene);
    try {
      this.ground = new Plane(this.arena, scene.habitat, groundSeed, origin?.ground);
      this.populations = Object.entries(scene.populations).map(([name, parameters], index) => {
        const shape = {
          senses: placeSenses(parameters),
          offered: offeredActions(start.populations[name]),
          carried,
          segments: mechanisms.segments('plane', parameters.genome),
          columns: [
            ...phenotypeColumns,
            ...gridColumns,
            ...feedColumns,
            ...neighbourColumns(name, parameters),
            ...biteColumns(parameters),
          ],
        };
        return new PlanePopulation(this.arena, name, index, parameters, shape, seed);
      });
      for (const population of this.populations) {
        population.ledgers = mechanisms.inherited('plane');
        population.writers = mechanisms.variation('plane');
        this.ground.gridStarts(population.index);
        population.hunted = this.populations.some(({ parameters }) => parameters.bite.targets.includes(population.name));
      }
    } catch (error) {
      this.arena.dispose();
      throw error;
    }
    const plane = this.ground;
    let scatter: Scatterer;
    let scattered = -1;
    const near: PlaneContext['nearInto'] = (of: Population, row, reach, out) =>
      nearInto(plane, of as PlanePopulation, row, reach, out);
    this.context = {
      tick: 0,
      kernel: this.arena.kernel,
      plane,
      populations: this.populations,
      nextId: 0,
      season: 1,
      nearInto: near,
      scatter: (u, v, out) => {
        // Barriers may change from one tick to the next.
        if (scattered !== this.context.tick) scatter = scatterer(plane);
        scattered = this.context.tick;
        scatter(u, v, out);
      },
      candidatesRepeat: false,
      candidatesInto: (of, row, _entry, reach, out) => near(of, row, reach, out),
    };
    this.begin(planeSchedule(), this.context);
    this.world.createEntity('climate').add(Climate, this.context);
    this.world.createEntity('ground').add(Ground, this.ground);
  }

  static found(scene: PlaneScene, seed: string): PlaneSimulation {
    const simulation = new PlaneSimulation(scene, startOf(scene), seed, seed);
    const { context, ground, populations } = simulation;
    return simulation.populate(() => {
      for (const population of populations) {
        context.nextId = found(population, context.nextId, scatterer(ground), context.kernel);
      }
    });
  }

  /** @param origin the world that the snapshot was taken of just now, if so: it is then neither checked nor laid out anew */
  static fromSnapshot(read: ReadSnapshot, origin?: PlaneSimulation): PlaneSimulation {
    const { text } = read;
    return new PlaneSimulation(...scenesOf<PlaneScene>(text), text.seed, text.groundSeed, origin).resume(
      read,
      origin !== undefined,
    );
  }

  protected override twin(read: ReadSnapshot): PlaneSimulation {
    return PlaneSimulation.fromSnapshot(read, this);
  }

  protected override applyHabitat(): void {
    this.ground.apply(this.scene.habitat);
  }

  protected override perform(path: string, value: unknown): Done {
    return performAct({ context: this.context, populations: this.populations }, this.scene, path, value);
  }

  protected override habitatBlocks(): readonly StateBlock[] {
    const { ground } = this.ground;
    return [{ name: 'the ground', pointer: ground.pointer, bytes: ground.u8().subarray(0, this.ground.cells * 16) }];
  }

  protected override habitatState(): undefined {}

  protected override restoreHabitat(): void {}

  protected override checkColumns(columns: readonly Uint8Array[], states: readonly (readonly StateColumn[])[]): void {
    checkState(columns, states, this.populations, this.ground);
  }
}
