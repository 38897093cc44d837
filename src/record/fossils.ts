import { floatsNamed } from '../ecs/table.ts';
import { drawUniform } from '../math/draws.ts';
import { streamKey } from '../math/streams.ts';
import type { Population } from '../population/population.ts';
import type { Simulation } from '../simulation/types.ts';
import type { Individuals } from './individuals.ts';
import type { Packable } from './pack.ts';
import type { Fossil } from './types.ts';

/** Organisms kept permanently, with their genomes and lines of descent: a random sample at intervals, and those kept on request. */
export class Fossils {
  readonly list: Fossil[] = [];

  constructor(private readonly individuals: Individuals) {}

  /** Keeps `size` of the living of each population, or all if there are fewer. */
  sample(simulation: Simulation, size: number): void {
    for (const population of simulation.populations) {
      for (const row of drawRows(simulation, population, size)) this.keep(simulation, population, row, 'sample');
    }
  }

  /** Keeps an organism in its present state; undefined if it does not live. */
  request(simulation: Simulation, id: number): Fossil | undefined {
    for (const population of simulation.populations) {
      const row = population.rowOf(id);
      if (row >= 0) return this.keep(simulation, population, row, 'request');
    }
    return undefined;
  }

  get bytes(): number {
    return this.list.reduce((sum, { genome, traits }) => sum + genome.byteLength + traits.byteLength + 80, 0);
  }

  state(): Packable {
    return this.list.map((fossil) => ({ ...fossil }));
  }

  restore(state: Packable): void {
    for (const fossil of state as unknown as Fossil[]) {
      this.list.push(fossil);
      this.individuals.pin(this.individuals.rowOf(fossil.organism), fossil.tick);
    }
  }

  private keep(simulation: Simulation, population: Population, row: number, reason: Fossil['reason']): Fossil {
    const { individuals } = this;
    const { table } = population;
    const { tick } = simulation;
    const organism = table.f64('id')[row];
    const kept = individuals.rowOf(organism);
    individuals.pin(kept, tick);
    const fossil: Fossil = {
      id: this.list.length,
      organism,
      population: population.index,
      tick,
      species: individuals.speciesOf(kept),
      generation: table.u32('generation')[row],
      reason,
      x: table.f32('x')[row],
      y: table.f32('y')[row],
      traits: Float32Array.from(population.traits, ({ id }) => table.f32(floatsNamed(id))[row]),
      genome: population.genomeOf(row),
    };
    this.list.push(fossil);
    return fossil;
  }
}

/** Rows of those with the lowest draws, the lowest first: the draw does not depend on the order of rows. */
function drawRows(simulation: Simulation, { table }: Population, size: number): number[] {
  const stream = streamKey(simulation.seed, 'record.fossils');
  const [low, high] = [table.u32('keyLow'), table.u32('keyHigh')];
  const id = table.f64('id');
  const chosen: { row: number; draw: number }[] = [];
  if (size === 0) return [];
  for (let row = 0; row < table.count; row++) {
    const draw = drawUniform(stream, low[row], high[row], simulation.tick, 0);
    if (chosen.length === size && draw > chosen[size - 1].draw) continue;
    let at = chosen.length;
    while (at > 0 && (chosen[at - 1].draw > draw || (chosen[at - 1].draw === draw && id[chosen[at - 1].row] > id[row]))) at--;
    chosen.splice(at, 0, { row, draw });
    if (chosen.length > size) chosen.pop();
  }
  return chosen.map(({ row }) => row);
}
