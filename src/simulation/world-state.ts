import type { StateColumn, Table } from '../ecs/table.ts';
import { checkFinite } from '../habitat/finite-columns.ts';
import type { HabitatWorld, StateBlock } from '../habitat/habitat-world.ts';
import type { Arena } from '../kernel/memory.ts';
import { bankColumns } from '../population/bank.ts';
import type { Population } from '../population/population.ts';
import type { Scene } from '../scene/schema.ts';
import { checkIdentities } from './check-identities.ts';
import type { MechanismSwitches } from './mechanism-switches.ts';
import { stateColumns } from './own-columns.ts';
import { cutColumns, type ReadSnapshot, SnapshotError, type SnapshotText } from './snapshot.ts';

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
    for (const table of this.tables()) {
      for (const column of table.state) blocks.push({ pointer: column.pointer, bytes: table.bytes(column) });
    }
    return blocks;
  }

  /** Tables of the populations, and behind them those of their banks. */
  private tables(): readonly Table[] {
    const { populations } = this.habitat;
    return [...populations.map(({ table }): Table => table), ...populations.flatMap(({ bank }) => bank?.table ?? [])];
  }

  /** Organisms in each bank, as a snapshot has it; empty without banks. */
  banks(): { banks?: number[] } {
    const banks = this.habitat.populations.flatMap(({ bank }) => bank?.count ?? []);
    return banks.length > 0 ? { banks } : {};
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
    const keeping = this.keepingIn(scene);
    const { banks = [] } = text;
    if (banks.length !== keeping.length) refuse('it has another number of banks of the dead');
    const ofBanks = keeping.map(bankColumns);
    for (const [b, state] of ofBanks.entries()) for (const { rowBytes } of state) lengths.push(rowBytes * banks[b]);
    const columns = cutColumns(body, lengths);
    if (!trusted) {
      verify(columns);
      const named = [...populations, ...keeping.map(({ name }) => ({ name: `the bank of ${name}` }))];
      checkIdentities(columns.slice(ofHabitat), [...states, ...ofBanks], named, text, refuse);
      this.habitat.checkColumns(columns, states, refuse);
      const before = lengths.length - ofBanks.flat().length;
      checkFinite(columns.slice(before), ofBanks, named.slice(populations.length), refuse);
    }
    return columns;
  }

  /** Replaces all state by columns that have been read for this scene. */
  fill(columns: readonly Uint8Array[], { counts, banks = [] }: Pick<SnapshotText, 'counts' | 'banks'>, scene: Scene): void {
    const { populations } = this.habitat;
    const keeping = this.keepingIn(scene);
    for (const population of populations) {
      population.table.resetTo(0);
      population.keepDead(keeping.includes(population));
      population.bank?.resetTo(0);
      population.setOwn(this.switches.columnsOf(population, scene.populations[population.name].mechanisms));
    }
    populations.forEach(({ table }, p) => table.resetTo(counts[p]));
    keeping.forEach(({ bank }, b) => bank?.resetTo(banks[b]));
    let next = 0;
    for (const { bytes } of this.habitat.blocks()) bytes.set(columns[next++]);
    for (const table of this.tables()) for (const column of table.state) table.bytes(column).set(columns[next++]);
  }

  /** Populations whose dead are kept with mechanisms switched as in a scene. */
  private keepingIn({ populations }: Scene): readonly Population[] {
    return this.habitat.populations.filter((one) => this.switches.keepsDead(one, populations[one.name].mechanisms));
  }

  /** The state columns of each population with mechanisms switched as in a scene. */
  private columnsIn({ populations }: Scene): readonly (readonly StateColumn[])[] {
    return this.habitat.populations.map((population) =>
      stateColumns(population, this.switches.columnsOf(population, populations[population.name].mechanisms)),
    );
  }
}
