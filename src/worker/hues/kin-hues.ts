// The colours of kinship in a run: hues of lineages and of species, the same in world, legend, tree and plots.
import type { Population } from '../../population/population.ts';
import type { LifeRecord } from '../../record/life-record.ts';
import type { Simulation } from '../../simulation/types.ts';
import { type CircleState, HueCircle, spacedEvery } from './hue-circle.ts';
import { Lineages, type LineagesState } from './lineages.ts';
import { hueOfNumber, type Line } from './space-hues.ts';

/** The palettes that mark relatives by hue. */
export type KinPalette = 'lineage' | 'species';

/** Hues and lines, for a snapshot. */
export interface HuesState {
  readonly lineages: LineagesState;
  readonly lineage: CircleState;
  readonly species: CircleState;
}

/**
 * Hues of lineages and species of a run, spaced by what lives. They depend on the run's history since its beginning or the opening of a
 * snapshot, not on the clock or on what is shown; the simulation never reads them.
 */
export class KinHues {
  /** Increases when hues of species begin to move. */
  version = 0;
  private readonly lineages: Lineages;
  private readonly lineage = new HueCircle();
  private readonly species = new HueCircle();
  /** Number of species that have a hue. */
  private known = 0;

  /**
   * @param record the record of the run, once it has begun
   * @param saved what `state` returned at this tick
   */
  constructor(
    private readonly world: Simulation,
    private readonly record: () => LifeRecord | undefined,
    saved?: HuesState,
  ) {
    this.lineages = new Lineages(world, () => record()?.individuals);
    if (saved) {
      this.lineages.restore(saved.lineages);
      this.lineage.restore(saved.lineage);
      this.species.restore(saved.species);
      this.known = saved.species.hues.length;
      this.version = 1;
    } else this.lineage.begin(this.lineages.begin(), world.tick);
  }

  /** The record has begun, or was restored without hues: its species are shown where they belong. */
  meetRecord(): void {
    const lines = this.speciesLines();
    this.known = lines.length;
    this.species.begin(lines, this.world.tick);
    this.version += 1;
  }

  /** After a tick, and after what is recorded of it. */
  afterTick(): void {
    const { tick } = this.world;
    const isDue = tick % spacedEvery === 0;
    if (isDue) this.lineage.move(this.lineages.look(), tick, 'parent');
    // A new species is named as it begins, and has a colour of its own from then on.
    const found = this.record()?.species.entries.length ?? 0;
    if (!isDue && found === this.known) return;
    this.known = found;
    if (this.species.move(this.speciesLines(), tick, 'place')) this.version += 1;
  }

  /** Hues of all species so far, in turns, by id; none before the record has begun. */
  ofSpecies(): Map<number, number> {
    const hues = this.species.at(this.world.tick);
    // Those that an introduced organism has begun since the last tick.
    for (const { id, parent } of this.record()?.species.entries ?? []) {
      if (!hues.has(id)) hues.set(id, hues.get(parent) ?? hueOfNumber(id));
    }
    return hues;
  }

  /** Writes the hue of each organism to `out[offset + row * stride]`. Species are known once the record has begun. */
  write(palette: KinPalette, population: Population, out: Float32Array, offset: number, stride: number): void {
    const { count } = population;
    if (palette === 'lineage') {
      const hues = this.lineage.at(this.world.tick);
      const lineAt = this.lineages.lineAt(population);
      for (let row = 0; row < count; row++) {
        const line = lineAt(row);
        out[offset + row * stride] = hues.get(line) ?? hueOfNumber(line);
      }
      return;
    }
    const hues = this.ofSpecies();
    const individuals = this.record()?.individuals;
    const ids = population.table.f64('id');
    for (let row = 0; row < count; row++) {
      const species = individuals ? individuals.speciesOf(individuals.rowOf(ids[row])) : -1;
      out[offset + row * stride] = hues.get(species) ?? 0;
    }
  }

  state(): HuesState {
    return { lineages: this.lineages.state(), lineage: this.lineage.state(), species: this.species.state() };
  }

  private speciesLines(): Line[] {
    const entries = this.record()?.species.entries ?? [];
    return entries.map(({ id, parent, originTick, count }) => ({ id, parent, since: originTick, count }));
  }
}
