// The part of a world that is special to patches: their network, their food, and the populations on them.

import type { StateColumn } from '../../ecs/table.ts';
import { EmbodiedPopulation, type PopulationScene } from '../../population/embodied-population.ts';
import { found } from '../../population/found.ts';
import { phenotypeColumns } from '../../population/phenotype.ts';
import type { Population } from '../../population/population.ts';
import { carriedTraitsOf } from '../carried-traits.ts';
import { areFinite, floatsOf } from '../finite-columns.ts';
import { grid } from '../grid.ts';
import type { HabitatScene, HabitatWorld, StateBlock, WorldMaterials } from '../habitat-world.ts';
import { eating } from '../share-food.ts';
import type { PatchesContext } from './context.ts';
import { side } from './network.ts';
import type { PatchesParameters } from './parameters.ts';
import { Patches } from './patches.ts';
import { patchesSchedule } from './schedule.ts';
import { patchSenses } from './senses.ts';
import { showPlace } from './show-place.ts';
import { place, sharePatch } from './sort-by-patch.ts';

export type PatchesSceneParts = HabitatScene<PatchesParameters, PopulationScene>;

/** Senses side by side in the input row, in the order of the scene. */
function placeSenses(parameters: PopulationScene) {
  let at = 0;
  return parameters.senses.map((id) => {
    const labels = patchSenses.find((sense) => sense.id === id)?.labels(parameters) ?? [];
    at += labels.length;
    return { id, at: at - labels.length, labels };
  });
}

/** Patches linked by a network, and the populations on them. */
export class PatchesWorld implements HabitatWorld<PatchesSceneParts, PatchesContext> {
  readonly populations: readonly EmbodiedPopulation[];
  readonly ground: Patches;
  readonly context: PatchesContext;
  readonly schedule: HabitatWorld<PatchesSceneParts, PatchesContext>['schedule'];

  constructor({ arena, scene, initialScene, start, seed, groundSeed, vocabulary }: WorldMaterials<PatchesSceneParts>) {
    const { mechanisms } = vocabulary;
    this.schedule = patchesSchedule(scene.habitat);
    this.ground = new Patches(arena, scene.habitat, groundSeed);
    const carried = carriedTraitsOf(initialScene.populations, mechanisms);
    this.populations = Object.entries(scene.populations).map(([name, parameters], index) => {
      const { mechanisms: switches } = start.populations[name];
      const shape = {
        senses: placeSenses(parameters),
        offered: new Set<string>(mechanisms.all().flatMap(({ id, actions = [] }) => (switches[id]?.on ? actions : []))),
        carried,
        segments: mechanisms.segments(parameters.genome),
        columns: [...phenotypeColumns, ...Object.values(place), ...Object.values(grid), ...Object.values(eating)],
      };
      return new EmbodiedPopulation(arena, name, index, parameters, shape, seed);
    });
    for (const population of this.populations) {
      population.ledgers = mechanisms.inherited();
      population.writers = mechanisms.variation();
      this.ground.gridStarts(population.index);
    }
    const near = (of: Population, row: number, out: Parameters<PatchesContext['nearInto']>[3]) =>
      sharePatch(this.ground, of as EmbodiedPopulation, row, out);
    this.context = {
      tick: 0,
      kernel: arena.kernel,
      patches: this.ground,
      populations: this.populations,
      nextId: 0,
      nearInto: (of, row, _reach, out) => near(of, row, out),
      candidatesRepeat: false,
      candidatesInto: (of, row, _entry, _reach, out) => near(of, row, out),
    };
  }

  found(): void {
    const { context, ground } = this;
    const { network } = ground;
    for (const population of this.populations) {
      // The centre of the patch, until the place within it is known.
      const scatter = (u: number, _v: number, out: Float64Array) => {
        out[0] = Math.floor(u * network.nodes);
        out[1] = 0;
      };
      const first = population.count;
      context.nextId = found(population, context.nextId, scatter, context.kernel);
      const [x, patch] = [population.table.f32('x'), population.table.f32(place.patch)];
      for (let row = first; row < population.count; row++) {
        patch[row] = x[row];
        showPlace(population, network, row);
      }
    }
  }

  apply({ habitat }: PatchesSceneParts): void {
    this.ground.apply(habitat);
  }

  blocks(): readonly StateBlock[] {
    const { ground, network } = this.ground;
    return [{ name: 'the patches', pointer: ground.pointer, bytes: ground.u8().subarray(0, network.nodes * 16) }];
  }

  checkColumns(
    columns: readonly Uint8Array[],
    states: readonly (readonly StateColumn[])[],
    refuse: (what: string) => never,
  ): void {
    if (!areFinite(floatsOf(columns[0]))) refuse('the patches hold a value that is not a finite number');
    const { nodes } = this.ground.network;
    let next = 1;
    for (const [p, { name, layout }] of this.populations.entries()) {
      for (const column of states[p]) {
        const bytes = columns[next++];
        if (column.type !== 'f32') continue;
        const values = floatsOf(bytes);
        if (!areFinite(values)) refuse(`${column.name} of ${name} holds a value that is not a finite number`);
        if (column.name === 'patch' && !values.every((value) => Number.isInteger(value) && value >= 0 && value < nodes)) {
          refuse(`an organism of ${name} is on a patch that does not exist`);
        }
        if ((column.name === 'x' || column.name === 'y') && !values.every((value) => value >= 0 && value < side)) {
          refuse(`an organism of ${name} is outside the picture`);
        }
        const range = layout.ranges.find(({ trait }) => trait === column.name);
        if (range && !values.every((value) => value >= Math.fround(range.minimum) && value <= Math.fround(range.maximum))) {
          refuse(`${column.name} of ${name} is out of range`);
        }
      }
    }
  }
}
