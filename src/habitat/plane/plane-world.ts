// The part of a world that is special to the plane: ground, climate, and the populations on it.

import type { StateColumn } from '../../ecs/table.ts';
import { EmbodiedPopulation, type PopulationScene } from '../../population/embodied-population.ts';
import { found } from '../../population/found.ts';
import { phenotypeColumns } from '../../population/phenotype.ts';
import type { Population } from '../../population/population.ts';
import { carriedTraitsOf } from '../carried-traits.ts';
import { grid } from '../grid.ts';
import type { AddEntity, HabitatScene, HabitatWorld, StateBlock, WorldMaterials } from '../habitat-world.ts';
import { eating } from '../share-food.ts';
import { biteColumns } from './bite.ts';
import { checkPlaneColumns } from './check-columns.ts';
import { Climate, Ground, type PlaneContext } from './context.ts';
import { nearInto } from './near-into.ts';
import { offeredActions } from './offered-actions.ts';
import type { PlaneParameters } from './parameters.ts';
import { Plane } from './plane.ts';
import { planeSchedule } from './schedule.ts';
import { neighbourColumns } from './sense-neighbours.ts';
import { placeSenses } from './senses.ts';
import { type Scatterer, scatterer } from './settle.ts';
import { readOrders } from './steer-driven.ts';

export type PlaneSceneParts = HabitatScene<PlaneParameters, PopulationScene>;

/** Ground, climate and populations of a plane. */
export class PlaneWorld implements HabitatWorld<PlaneSceneParts, PlaneContext> {
  readonly populations: readonly EmbodiedPopulation[];
  readonly ground: Plane;
  readonly context: PlaneContext;
  readonly schedule = planeSchedule();

  constructor({ arena, scene, initialScene, start, seed, groundSeed, vocabulary, origin }: WorldMaterials<PlaneSceneParts>) {
    const { mechanisms, senses, patterns } = vocabulary;
    // The actions offered to the policy were fixed at tick 0, whatever has been switched on or off since.
    const carried = carriedTraitsOf(initialScene.populations, mechanisms);
    this.ground = new Plane(arena, scene.habitat, groundSeed, patterns, origin instanceof PlaneWorld ? origin.ground : undefined);
    this.populations = Object.entries(scene.populations).map(([name, parameters], index) => {
      const shape = {
        senses: placeSenses(parameters, senses),
        offered: offeredActions(start.populations[name], mechanisms),
        carried,
        segments: mechanisms.segments(parameters.genome),
        columns: [
          ...phenotypeColumns,
          ...Object.values(grid),
          ...Object.values(eating),
          ...neighbourColumns(name, parameters),
          ...biteColumns(parameters),
        ],
      };
      return new EmbodiedPopulation(arena, name, index, parameters, shape, seed);
    });
    for (const population of this.populations) {
      population.ledgers = mechanisms.inherited();
      population.writers = mechanisms.variation();
      this.ground.gridStarts(population.index);
      population.energy.hunted = this.populations.some(({ parameters }) => parameters.bite.targets.includes(population.name));
    }
    const plane = this.ground;
    let scatter: Scatterer;
    let scattered = -1;
    const near: PlaneContext['nearInto'] = (of: Population, row, reach, out) =>
      nearInto(plane, of as EmbodiedPopulation, row, reach, out);
    this.context = {
      tick: 0,
      kernel: arena.kernel,
      plane,
      senses: new Map(senses.map((sense) => [sense.id, sense])),
      populations: this.populations,
      nextId: 0,
      season: 1,
      driven: [],
      nearInto: near,
      gridOf: ({ table, index }) => ({
        cells: table.of(grid.cell),
        order: table.of(grid.order),
        sortedX: table.of(grid.x),
        sortedY: table.of(grid.y),
        starts: plane.gridStarts(index),
        columns: plane.gridColumns,
        lines: plane.gridRows,
        width: plane.width,
        height: plane.height,
        torus: plane.torus,
      }),
      scatter: (u, v, out) => {
        // Barriers may change from one tick to the next.
        if (scattered !== this.context.tick) scatter = scatterer(plane);
        scattered = this.context.tick;
        scatter(u, v, out);
      },
      kindAt: (x, y) => plane.kindAt(x, y),
      candidatesRepeat: false,
      candidatesInto: (of, row, _entry, reach, out) => near(of, row, reach, out),
    };
  }

  addEntities(add: AddEntity): void {
    add('climate').add(Climate, this.context);
    add('ground').add(Ground, this.ground);
  }

  found(): void {
    const { context, ground } = this;
    for (const population of this.populations) {
      context.nextId = found(population, context.nextId, scatterer(ground), context.kernel);
    }
  }

  apply({ habitat }: PlaneSceneParts): void {
    this.ground.apply(habitat);
  }

  blocks(): readonly StateBlock[] {
    const { ground, cells } = this.ground;
    return [{ name: 'the ground', pointer: ground.pointer, bytes: ground.u8().subarray(0, cells * 16) }];
  }

  state(): unknown {
    const { driven } = this.context;
    return driven.length === 0 ? undefined : { driven };
  }

  restore(state: unknown): void {
    const driven = readOrders(state);
    if (!driven) throw new RangeError('plane: not a list of driven organisms; give what state() returned');
    this.context.driven = driven;
  }

  checkColumns(
    columns: readonly Uint8Array[],
    states: readonly (readonly StateColumn[])[],
    refuse: (what: string) => never,
  ): void {
    checkPlaneColumns(columns, states, this.populations, this.ground, refuse);
  }
}
