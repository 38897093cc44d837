import type { Population } from '../../population/population.ts';
import type { Simulation } from '../../simulation/types.ts';
import type { Descent } from '../types.ts';
import { type Candidate, CandidateFinder } from './candidates.ts';
import { findComponents } from './components.ts';
import { drawSample } from './draw-sample.ts';
import { Kin, none } from './follow-kin.ts';
import { judgeComponents } from './judge-components.ts';
import { matchGroups } from './match-groups.ts';
import { mergeNames } from './merge-names.ts';
import { speciesRule } from './rule.ts';

/** What is remembered of a population from sample to sample, besides the labels of its organisms. */
export interface Memory {
  readonly candidates: readonly Candidate[];
  /** Highest id that lived at the last sample. */
  readonly lastId: number;
  /** Mergers and moves seen in the last sample but not accepted yet, with the number of consecutive samples. */
  readonly pending: ReadonlyMap<string, number>;
}

/** Result of a sample of one population. */
export interface Labels {
  readonly memory: Memory;
  /** Species of each row, or `undefined` if all belong to the only species that existed. */
  readonly ofRow: Int32Array | undefined;
  /** Species that ended by merging, each with the one that it merged into. */
  readonly mergers: readonly (readonly [from: number, into: number])[];
}

/** A single organism is not a group, however many it represents. */
const fewestSampled = 2;

/**
 * Finds the species of a population by the rule of `SpeciesRecord`.
 * @param living its species, ascending
 * @param begin makes a species of the members of a component: rows, and the species that they come from
 */
export function labelLiving(
  simulation: Simulation,
  population: Population,
  descent: Descent,
  living: readonly number[],
  memory: Memory,
  begin: (rows: Int32Array, parent: number) => number,
): Labels {
  const { table, layout, count } = population;
  const { sample, smallest, patience } = simulation.scene.record.species;
  const ids = table.f64('id');
  const drawn = drawSample(population, simulation.seed, simulation.tick, sample);
  const drawnRows = drawn.map((row) => descent.rowOf(ids[row]));
  // Groups are the living species, then the candidates, whose members still have a species' name.
  const { candidates } = memory;
  const groupCount = living.length + candidates.length;
  const places = new Map(living.map((species, place) => [species, place]));
  const finder = new CandidateFinder(descent, candidates, memory.lastId);
  const groupOf = (recordRow: number): number => {
    const candidate = finder.of(recordRow);
    return candidate >= 0 ? living.length + candidate : (places.get(descent.speciesOf(recordRow)) as number);
  };
  const drawnGroups = drawnRows.map(groupOf);
  const starts = drawn.map((row) => row * layout.stride);
  const rule = speciesRule(population, simulation.scene);
  const all = findComponents(table.f32('genome'), starts, rule, groupCount > 1 ? drawnGroups : undefined);
  const enough = Math.max(fewestSampled, (smallest * drawn.length) / count);
  const { components, found } = keepLarge(all, enough);
  if (groupCount <= 1 && found <= 1) return { memory: blank, ofRow: undefined, mergers: [] };

  const recordRows = new Int32Array(count);
  const labels = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    recordRows[row] = descent.rowOf(ids[row]);
    labels[row] = descent.speciesOf(recordRows[row]);
  }

  const rowsOf = Array.from({ length: found }, (_, c) => drawn.filter((_, i) => components[i] === c));
  const namesOf = rowsOf.map((rows) => tally(rows, labels));
  const matching = matchGroups(components, drawnGroups, found, groupCount);
  const judged = judgeComponents(matching, living, candidates, namesOf, enough, memory.pending, patience);
  const { outcomes, together, pending } = judged;
  const { heirs } = matching;
  const born = outcomes.map(({ seen }, c) => (seen >= patience ? begin(rowsOf[c], namesOf[c][0][0]) : -1));

  const kin = new Kin(descent, drawnRows, components, found);
  const componentOf = new Int32Array(count).fill(-2);
  for (const [i, row] of drawn.entries()) componentOf[row] = components[i];
  const ofRow = new Int32Array(count);
  const membersOf = outcomes.map((): number[] => []);
  for (let row = 0; row < count; row++) {
    const group = groupOf(recordRows[row]);
    let c = componentOf[row];
    if (c === -2) {
      const profile = kin.nearest(recordRows[row]);
      // If some of the nearest relatives are in the group's own heir, this one is not clearly separate.
      const own = heirs[group];
      c = profile === undefined ? none : own !== none && profile.counts[own + 1] > 0 ? own : profile.most;
    }
    if (c === none && group >= living.length) c = heirs[group];
    const label = labels[row];
    ofRow[row] = label;
    if (c === none) continue;
    const { species, staying } = outcomes[c];
    if (species.length > 0) {
      if (!species.includes(label) && !staying.has(label)) ofRow[row] = species[0];
    } else if (born[c] >= 0) ofRow[row] = born[c];
    else membersOf[c].push(ids[row]);
  }
  const mergers = mergeNames(together, ofRow);
  for (let row = 0; row < count; row++) {
    if (ofRow[row] !== labels[row]) descent.setSpecies(recordRows[row], ofRow[row]);
  }
  let lastId = -1;
  for (let row = 0; row < count; row++) lastId = Math.max(lastId, ids[row]);
  const waiting = outcomes.flatMap(({ species, seen }, c) =>
    species.length === 0 && born[c] < 0 ? [{ seen, members: Float64Array.from(membersOf[c]).sort() }] : [],
  );
  return { memory: { candidates: waiting, lastId, pending }, ofRow, mergers };
}

/** Nothing to remember. */
export const blank: Memory = { candidates: [], lastId: -1, pending: new Map() };

/** Components of at least `enough` sampled members, renumbered; the others become `none`. */
function keepLarge(all: Int32Array, enough: number): { components: Int32Array; found: number } {
  const sizes = new Int32Array(all.length);
  for (const component of all) sizes[component]++;
  let found = 0;
  const numbers = sizes.map((size) => (size >= enough ? found++ : none));
  return { components: all.map((component) => numbers[component]), found };
}

/** Names that rows have, with the number of rows for each: the commonest first, of equal ones the lowest. */
function tally(rows: Int32Array, names: Int32Array): [name: number, members: number][] {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(names[row], (counts.get(names[row]) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}
