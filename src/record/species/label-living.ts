import type { Population } from '../../population/population.ts';
import type { Simulation } from '../../simulation/types.ts';
import type { Descent } from '../types.ts';
import { type Candidate, candidateOf } from './candidates.ts';
import { findComponents } from './components.ts';
import { drawSample } from './draw-sample.ts';
import { Kin, none } from './follow-kin.ts';
import { matchGroups } from './match-groups.ts';
import { speciesRule } from './rule.ts';

/** What is remembered of a population from look to look, besides the labels of its organisms. */
export interface Memory {
  readonly candidates: readonly Candidate[];
  /** Highest id that lived at the last look. */
  readonly lastId: number;
  /** Mergers and moves that were seen at the last look but are not believed yet, with the looks in a row. */
  readonly pending: ReadonlyMap<string, number>;
}

/** What a look at one population found. */
export interface Labels {
  readonly memory: Memory;
  /** Species of each row, or `undefined` where everybody is of the one species that there was. */
  readonly ofRow: Int32Array | undefined;
  /** Species that ended by merging, each with the one that it went into. */
  readonly mergers: readonly (readonly [from: number, into: number])[];
}

/** What becomes of the members of a component. */
interface Outcome {
  /** Species whose heir it is, the one with most members in it first; none for a candidate. */
  readonly species: readonly number[];
  /** Species whose members in it go over to the first of `species`. */
  readonly moved: ReadonlySet<number>;
  /** Looks in a row at which a candidate has been seen. */
  readonly seen: number;
  /** Species that a candidate is from now on, or -1. */
  readonly born: number;
}

/** One organism alone is no group, however many it stands for. */
const fewestSampled = 2;

/**
 * Looks at the species of a population by the rule of `SpeciesRecord`.
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
  const starts = drawn.map((row) => row * layout.stride);
  const enough = Math.max(fewestSampled, (smallest * drawn.length) / count);
  const rule = speciesRule(population, simulation.scene);
  const { components, found } = keepLarge(findComponents(table.f32('genome'), starts, rule), enough);
  const { candidates } = memory;
  if (living.length <= 1 && found <= 1 && candidates.length === 0) return { memory: blank, ofRow: undefined, mergers: [] };

  const recordRows = new Int32Array(count);
  const labels = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    recordRows[row] = descent.rowOf(ids[row]);
    labels[row] = descent.speciesOf(recordRows[row]);
  }
  // Groups are the living species, then the candidates, whose members still bear a species' name.
  const places = new Map(living.map((species, place) => [species, place]));
  const groupOf = (row: number): number => {
    const candidate = candidates.length === 0 ? -1 : candidateOf(recordRows[row], descent, candidates, memory.lastId);
    return candidate >= 0 ? living.length + candidate : (places.get(labels[row]) as number);
  };
  const groupCount = living.length + candidates.length;
  const sampledGroups = drawn.map(groupOf);
  const { overlap, sizes, heirs } = matchGroups(components, sampledGroups, found, groupCount);

  const pending = new Map<string, number>();
  const believe = (what: string): boolean => {
    const seen = (memory.pending.get(what) ?? 0) + 1;
    pending.set(what, seen);
    return seen >= patience;
  };
  const together: [number, number][] = [];
  const outcomes = Array.from({ length: found }, (_, c): Outcome => {
    const share = (group: number) => overlap[c * groupCount + group];
    const heirOf = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => from + i)
        .filter((group) => heirs[group] === c)
        .sort((a, b) => share(b) - share(a) || a - b);
    const ownRows = drawn.filter((_, i) => components[i] === c);
    const namesWithin = tally(ownRows, labels);
    const species = heirOf(0, living.length);
    if (species.length === 0) {
      // Of several candidates that have grown together the largest goes on.
      const [continued] = heirOf(living.length, groupCount);
      const seen = 1 + (continued === undefined ? 0 : candidates[continued - living.length].seen);
      const born = seen >= patience ? begin(ownRows, namesWithin[0][0]) : -1;
      return { species: [], moved: new Set(), seen, born };
    }
    const bulk = species.filter((group) => 2 * share(group) > sizes[group]).sort((a, b) => a - b);
    for (const [i, a] of bulk.entries()) {
      for (const b of bulk.slice(i + 1)) if (believe(`merge ${living[a]} ${living[b]}`)) together.push([living[a], living[b]]);
    }
    const names = species.map((group) => living[group]);
    // Some few that are found among another species go over to it at once; many only when that is no passing bridge.
    const strange = namesWithin.filter(([name, members]) => !names.includes(name) && members >= enough);
    const staying = new Set(strange.flatMap(([name]) => (believe(`move ${name} ${names[0]}`) ? [] : [name])));
    return { species: names, moved: new Set(living.filter((name) => !staying.has(name))), seen: 0, born: -1 };
  });

  const kin = new Kin(
    descent,
    drawn.map((row) => recordRows[row]),
    components,
    found,
  );
  const componentOf = new Int32Array(count).fill(-2);
  for (const [i, row] of drawn.entries()) componentOf[row] = components[i];
  const ofRow = new Int32Array(count);
  const membersOf = outcomes.map((): number[] => []);
  for (let row = 0; row < count; row++) {
    const group = groupOf(row);
    let c = componentOf[row];
    if (c === -2) {
      const profile = kin.nearest(recordRows[row]);
      // Where some of the nearest kin are in the group's own heir, nothing says that this one is not.
      const own = heirs[group];
      c = profile === undefined ? none : own !== none && profile.counts[own + 1] > 0 ? own : profile.most;
    }
    if (c === none && group >= living.length) c = heirs[group];
    const outcome = c === none ? undefined : outcomes[c];
    const label = labels[row];
    if (outcome === undefined) ofRow[row] = label;
    else if (outcome.species.length > 0) {
      ofRow[row] = outcome.species.includes(label) || !outcome.moved.has(label) ? label : outcome.species[0];
    } else if (outcome.born >= 0) ofRow[row] = outcome.born;
    else {
      ofRow[row] = label;
      membersOf[c].push(ids[row]);
    }
  }
  const mergers = merge(together, ofRow);
  for (let row = 0; row < count; row++) {
    if (ofRow[row] !== labels[row]) descent.setSpecies(recordRows[row], ofRow[row]);
  }
  let lastId = -1;
  for (let row = 0; row < count; row++) lastId = Math.max(lastId, ids[row]);
  const waiting = outcomes.flatMap(({ species, born, seen }, c) =>
    species.length === 0 && born < 0 ? [{ seen, members: Float64Array.from(membersOf[c]).sort() }] : [],
  );
  return { memory: { candidates: waiting, lastId, pending }, ofRow, mergers };
}

/** Nothing to remember. */
export const blank: Memory = { candidates: [], lastId: -1, pending: new Map() };

/** Components of at least `enough` sampled members, numbered anew; the others become `none`. */
function keepLarge(all: Int32Array, enough: number): { components: Int32Array; found: number } {
  const sizes = new Int32Array(all.length);
  for (const component of all) sizes[component]++;
  let found = 0;
  const numbers = sizes.map((size) => (size >= enough ? found++ : none));
  return { components: all.map((component) => numbers[component]), found };
}

/** Names that rows bear, with how many bear each: the commonest first, of equal ones the lowest. */
function tally(rows: Int32Array, names: Int32Array): [name: number, members: number][] {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(names[row], (counts.get(names[row]) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

/** Makes one species of each pair: the smaller goes into the larger, of equal ones the later into the earlier. Renames rows. */
function merge(pairs: readonly (readonly [number, number])[], ofRow: Int32Array): (readonly [number, number])[] {
  if (pairs.length === 0) return [];
  const sizes = new Map<number, number>();
  for (const species of ofRow) sizes.set(species, (sizes.get(species) ?? 0) + 1);
  const into = new Map<number, number>();
  const last = (species: number): number => {
    const next = into.get(species);
    return next === undefined ? species : last(next);
  };
  const size = (species: number) => sizes.get(species) ?? 0;
  for (const pair of pairs) {
    const [a, b] = pair.map(last).sort((x, y) => size(y) - size(x) || x - y);
    if (a === b) continue;
    into.set(b, a);
    sizes.set(a, size(a) + size(b));
  }
  for (let row = 0; row < ofRow.length; row++) if (into.has(ofRow[row])) ofRow[row] = last(ofRow[row]);
  return [...into.keys()].map((from) => [from, last(from)] as const);
}
