import type { OwnColumnSpec } from '../ecs/table.ts';
import type { HabitatWorld } from '../habitat/habitat-world.ts';
import { componentOf } from '../habitat/mechanism-components.ts';
import { contextOf } from '../habitat/mechanism-steps.ts';
import type { MechanismSet } from '../mechanisms/mechanism-set.ts';
import type { Population } from '../population/population.ts';
import type { Scene } from '../scene/schema.ts';
import { ownColumns } from './own-columns.ts';

/** Switches mechanisms on and off in the populations of a world: their parameters, and what they keep of organisms. */
export class MechanismSwitches {
  constructor(
    private readonly mechanisms: MechanismSet,
    private readonly habitat: HabitatWorld,
  ) {}

  /** The columns that mechanisms add to a population while they are switched as given; by default as they are. */
  columnsOf(population: Population, switches = population.parameters.mechanisms): readonly OwnColumnSpec[] {
    return ownColumns(population, switches, this.mechanisms);
  }

  /** Whether the dead of a population are kept while mechanisms are switched as given; by default as they are. */
  keepsDead(population: Population, switches = population.parameters.mechanisms): boolean {
    return this.mechanisms.keepsDead(switches);
  }

  /**
   * Passes the parameters of the scene to everything that reads them, and switches mechanisms on and off.
   * @param when a mechanism that is switched on in a living world fills its columns for the living; founders and restored states fill theirs themselves
   */
  apply(scene: Scene, when: 'found' | 'change' | 'take'): void {
    for (const population of this.habitat.populations) {
      population.parameters = scene.populations[population.name];
      population.keepDead(this.keepsDead(population));
      const made = population.setOwn(this.columnsOf(population));
      if (when === 'change') population.copyToOwn(0, population.count, made);
      population.derive(0, population.count);
      for (const { id } of this.mechanisms.all()) {
        const component = componentOf(id);
        const wasOn = population.entity.has(component);
        population.entity.remove(component);
        const parameters = population.parameters.mechanisms[id];
        if (!parameters?.on) continue;
        population.entity.add(component, parameters);
        if (when === 'change' && !wasOn) this.begin(population, id);
      }
    }
    this.habitat.apply(scene);
  }

  /** Lets all mechanisms that are on fill their columns for the founders. */
  beginAll(population: Population): void {
    for (const { id } of this.mechanisms.all()) this.begin(population, id);
  }

  /** Lets a mechanism that is on fill its columns for all living organisms. */
  private begin(population: Population, id: string): void {
    const mechanism = this.mechanisms.get(id);
    const component = componentOf(id);
    if (!mechanism?.whenSwitchedOn || population.count === 0 || !population.entity.has(component)) return;
    mechanism.whenSwitchedOn(population, population.entity.get(component), contextOf(id, population, this.habitat.context));
  }
}
