import type { StateColumn } from '../ecs/table.ts';
import type { HabitatWorld, StateBlock } from '../habitat/habitat-world.ts';
import type { Arena } from '../kernel/memory.ts';
import type { Scene } from '../scene/schema.ts';
import { checkIdentities } from './check-identities.ts';
import type { MechanismSwitches } from './mechanism-switches.ts';
import { stateColumns } from './own-columns.ts';
import { cutColumns, type ReadSnapshot, SnapshotError } from './snapshot.ts';

const namesOf = (columns: readonly StateColumn[]): string[] => columns.map(({ name, type, width }) => `${name} ${type} ${width}`);

const refuse = (what: string): never => {
  throw new SnapshotError(`it is damaged: ${what}; use another copy`);
};

/** Everything in memory that is state of a world, in a fixed order: the habitat's, then each population's columns. */
export class WorldState {
  constructor(
    private readonly arena: Arena,
    private readonly habitat: HabitatWorld,
    private readonly switches: MechanismSwitches,
  ) {}

  blocks(): readonly Omit<StateBlock, 'name'>[] {
    const blocks: Omit<StateBlock, 'name'>[] = [...this.habitat.blocks()];
    for (const { table } of this.habitat.populations) {
      for (const column of table.state) blocks.push({ pointer: column.pointer, bytes: table.bytes(column) });
    }
    return blocks;
  }

  /** A digest of each block. */
  digests(): readonly (readonly [number, number])[] {
    const { scratch, kernel } = this.arena;
    return this.blocks().map(({ pointer, bytes }) => {
      const { byteLength } = bytes;
      kernel.hashBytes({ data: { name: 'state', pointer, bytes: byteLength }, bytes: byteLength, seed: 0, out: scratch });
      const words = scratch.u32();
      return [words[0], words[1]] as const;
    });
  }

  /** Names and types of the columns of each population. */
  columnNames(): string[][] {
    return this.habitat.populations.map(({ table }) => namesOf(table.state));
  }

  /** The same with mechanisms switched as in a scene. */
  columnNamesIn(scene: Scene): string[][] {
    return this.columnsIn(scene).map(namesOf);
  }

  /**
   * Cuts the columns of a snapshot apart, and checks them unless they are trusted. Changes nothing.
   * @throws {SnapshotError} for values that no world of this scene can have
   */
  read({ text, body, verify }: ReadSnapshot, scene: Scene, trusted: boolean): readonly Uint8Array[] {
    const { populations } = this.habitat;
    if (text.counts.length !== populations.length) throw new SnapshotError('it has another number of populations');
    const lengths = this.habitat.blocks().map(({ bytes }) => bytes.byteLength);
    const ofHabitat = lengths.length;
    const states = this.columnsIn(scene);
    for (const [p, state] of states.entries()) for (const { rowBytes } of state) lengths.push(rowBytes * text.counts[p]);
    const columns = cutColumns(body, lengths);
    if (!trusted) {
      verify(columns);
      checkIdentities(columns.slice(ofHabitat), states, populations, text, refuse);
      this.habitat.checkColumns(columns, states, refuse);
    }
    return columns;
  }

  /** Replaces all state by columns that have been read for this scene. @param counts organisms of each population */
  fill(columns: readonly Uint8Array[], counts: readonly number[], scene: Scene): void {
    const { populations } = this.habitat;
    for (const population of populations) {
      population.table.resetTo(0);
      population.table.setOwn(this.switches.columnsOf(population, scene.populations[population.name].mechanisms));
    }
    populations.forEach(({ table }, p) => table.resetTo(counts[p]));
    let next = 0;
    for (const { bytes } of this.habitat.blocks()) bytes.set(columns[next++]);
    for (const { table } of populations) for (const column of table.state) table.bytes(column).set(columns[next++]);
  }

  /** The state columns of each population with mechanisms switched as in a scene. */
  private columnsIn({ populations }: Scene): readonly (readonly StateColumn[])[] {
    return this.habitat.populations.map((population) =>
      stateColumns(population, this.switches.columnsOf(population, populations[population.name].mechanisms)),
    );
  }
}
