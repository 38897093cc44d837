import { floatsNamed } from '../ecs/table.ts';
import { expressCopies } from '../genome/express.ts';
import type { GenomeLayout } from '../genome/layout.ts';
import type { LifeRecord } from '../record/life-record.ts';
import type { Fossil } from '../record/types.ts';
import type { Simulation } from '../simulation/types.ts';
import { type LineOfDescent, reportLine } from './report-line.ts';

/** A fossil in the list of all. */
export type FossilText = Omit<Fossil, 'traits' | 'genome'>;

/** A fossil beside the living of its population. */
export interface FossilReport {
  readonly fossil: FossilText;
  readonly line: LineOfDescent;
  /** Living organisms that it is compared with. */
  readonly living: number;
  readonly traits: readonly {
    readonly id: string;
    readonly title: string;
    readonly unit: string;
    readonly value: number;
    /** Mean and standard deviation of the living; NaN after extinction. */
    readonly mean: number;
    readonly deviation: number;
  }[];
  /** What is expressed of each locus; `mean` is that of the living. */
  readonly segments: readonly {
    readonly name: string;
    readonly description: string;
    readonly loci: readonly { readonly name: string; readonly value: number; readonly mean: number }[];
  }[];
}

const emptyLine: LineOfDescent = {
  id: new Float64Array(0),
  birthTick: new Float64Array(0),
  generation: new Float64Array(0),
  species: new Float64Array(0),
  birthX: new Float64Array(0),
  birthY: new Float64Array(0),
  birthPlaces: [],
  alive: new Uint8Array(0),
};

/** A fossil without its genome and traits. */
export const fossilText = ({ traits: _traits, genome: _genome, ...text }: Fossil): FossilText => text;

/**
 * A fossil beside the living organisms of its population. Reads only.
 * @throws {Error} if there is no such fossil
 */
export function reportFossil(simulation: Simulation, record: LifeRecord, id: number): FossilReport {
  const fossil = record.fossils.find((one) => one.id === id);
  if (!fossil) throw new Error(`fossil ${id} is not in the record; choose one from the list`);
  const { table, layout, count, traits } = simulation.populations[fossil.population];
  const genomes = table.f32('genome');
  const sums = new Float64Array(layout.stride);
  for (let row = 0, at = 0; row < count; row++) for (let slot = 0; slot < layout.stride; slot++) sums[slot] += genomes[at++];
  return {
    fossil: fossilText(fossil),
    line: reportLine(record, fossil.organism, simulation.initialScene) ?? emptyLine,
    living: count,
    traits: traits.map(({ id: trait, title, unit }, t) => ({
      id: trait,
      title,
      unit,
      value: fossil.traits[t],
      ...moments(table.f32(floatsNamed(trait)), count),
    })),
    segments: layout.segments.map(({ name, description }) => ({
      name,
      description,
      loci: layout.loci
        .filter(({ segment }) => segment === name)
        .map((locus) => ({
          name: locus.name,
          value: expressed(fossil.genome, layout, locus.slot),
          mean: sums[locus.slot] / count,
        })),
    })),
  };
}

/** What is expressed, as the table of the living holds it. */
function expressed(genome: Float32Array, layout: Pick<GenomeLayout, 'stride' | 'shifts'>, slot: number): number {
  const { stride } = layout;
  return genome.length === stride ? genome[slot] : expressCopies(layout, slot, genome[slot], genome[stride + slot]);
}

function moments(values: Float32Array, count: number): { mean: number; deviation: number } {
  let sum = 0;
  for (let row = 0; row < count; row++) sum += values[row];
  const mean = count > 0 ? sum / count : Number.NaN;
  let square = 0;
  for (let row = 0; row < count; row++) square += (values[row] - mean) ** 2;
  return { mean, deviation: count > 0 ? Math.sqrt(square / count) : Number.NaN };
}
