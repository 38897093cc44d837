import type { ChangeHistory, History, HistoryPopulation, OrganismHistory, SpeciesHistory, TransferHistory } from './history.ts';
import type { ListColumn } from './history-columns.ts';
import type { Provenance } from './provenance.ts';
import { FormatError } from './validate/format-error.ts';

/** Columns of the table `organisms`, in any order of rows; -1 or NaN where a value is missing. */
export interface OrganismColumns {
  readonly id: Float64Array;
  readonly firstParent: Float64Array;
  readonly secondParent: Float64Array;
  readonly firstShare: Float64Array;
  readonly birthTick: Float64Array;
  readonly deathTick: Float64Array;
  /** Index into the populations. */
  readonly population: Int32Array;
  readonly species: Float64Array;
  readonly generation: Float64Array;
  readonly offspring: Float64Array;
  readonly birthX: Float64Array | undefined;
  readonly birthY: Float64Array | undefined;
  readonly gametes: readonly [ListColumn, ListColumn];
  /** Where births changed genomes, and the new values; undefined where this was not recorded. */
  readonly changes: readonly [ListColumn, ListColumn<Float32Array>] | undefined;
}

/** Columns of the rows of the table `events` that describe transfers. */
export interface TransferColumns {
  readonly tick: Float64Array;
  readonly recipient: Float64Array;
  readonly donor: Float64Array;
  readonly recipientHaplotype: Float64Array;
  readonly donorHaplotype: Float64Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
}

/** Columns of the table `species`. */
export interface SpeciesColumns {
  readonly id: Float64Array;
  readonly parent: Float64Array;
  readonly population: Int32Array;
  readonly originTick: Float64Array;
  readonly endTick: Float64Array;
  readonly fate: readonly string[];
  readonly mergedInto: Float64Array;
  readonly representative: Float64Array;
  readonly peak: Float64Array;
}

export interface HistoryTables {
  readonly provenance: Provenance;
  readonly populations: readonly HistoryPopulation[];
  readonly organisms: OrganismColumns;
  readonly transfers: TransferColumns;
  readonly species: SpeciesColumns;
}

/**
 * The history that a run's tables describe.
 * @throws {FormatError} for an id that is listed twice, or for a parent, recipient, donor or species that has no row
 */
export function historyFromTables({ provenance, populations, organisms, transfers, species }: HistoryTables): History {
  const order = ascending('organisms', organisms.id);
  const id = picked(organisms.id, order);
  const rowOf = finder(id);
  return {
    endTick: provenance.ticks,
    populations,
    organisms: sortOrganisms(organisms, order, id, rowOf),
    transfers: sortTransfers(transfers, rowOf),
    species: sortSpecies(species),
    ...(organisms.changes && { changes: pickChanges(organisms.changes, order, id) }),
    complete: true,
    provenance,
  };
}

function sortOrganisms(
  columns: OrganismColumns,
  order: Uint32Array,
  id: Float64Array,
  rowOf: (id: number) => number,
): OrganismHistory {
  const count = order.length;
  const rows = (ids: Float64Array): Int32Array => {
    const found = new Int32Array(count);
    for (let row = 0; row < count; row++) {
      const parent = ids[order[row]];
      found[row] = parent < 0 ? -1 : rowOf(parent);
      if (parent >= 0 && found[row] < 0) {
        throw new FormatError('organisms', `${parent}, a parent of ${id[row]}, has no row`);
      }
      if (found[row] >= row) throw new FormatError('organisms', `${parent}, a parent of ${id[row]}, must have the smaller id`);
    }
    return found;
  };
  return {
    count,
    id,
    firstParent: rows(columns.firstParent),
    secondParent: rows(columns.secondParent),
    firstShare: picked(columns.firstShare, order),
    birthTick: picked(columns.birthTick, order),
    lineTick: picked(columns.birthTick, order),
    deathTick: picked(columns.deathTick, order),
    population: Uint8Array.from(order, (row) => columns.population[row]),
    species: picked(columns.species, order),
    generation: Uint32Array.from(order, (row) => columns.generation[row]),
    offspring: Uint32Array.from(order, (row) => columns.offspring[row]),
    ...placesOf(columns, order),
    ...joinGametes(columns.gametes, order),
  };
}

function placesOf({ birthX, birthY }: OrganismColumns, order: Uint32Array): Pick<OrganismHistory, 'birthX' | 'birthY'> {
  if (!birthX || !birthY) return {};
  return { birthX: Float32Array.from(order, (row) => birthX[row]), birthY: Float32Array.from(order, (row) => birthY[row]) };
}

/** The two lists of each row behind each other, in another order of rows. */
function joinGametes(lists: readonly [ListColumn, ListColumn], order: Uint32Array) {
  const gameteStarts = new Uint32Array(2 * order.length + 1);
  const gametes = new Uint32Array(lists[0].items.length + lists[1].items.length);
  let at = 0;
  for (let row = 0; row < order.length; row++) {
    for (let g = 0; g < 2; g++) {
      const { starts, items } = lists[g];
      const from = order[row];
      for (let k = starts[from]; k < starts[from + 1]; k++) gametes[at++] = items[k];
      gameteStarts[2 * row + g + 1] = at;
    }
  }
  return { gameteStarts, gametes };
}

/** @throws {FormatError} for an organism with different numbers of loci and values */
function pickChanges(
  [loci, values]: readonly [ListColumn, ListColumn<Float32Array>],
  order: Uint32Array,
  id: Float64Array,
): ChangeHistory {
  const changes = {
    starts: new Uint32Array(order.length + 1),
    loci: new Uint32Array(loci.items.length),
    values: new Float32Array(loci.items.length),
  };
  for (const [row, from] of order.entries()) {
    const [start, end] = [loci.starts[from], loci.starts[from + 1]];
    const [first, last] = [values.starts[from], values.starts[from + 1]];
    if (last - first !== end - start) {
      throw new FormatError('organisms', `${id[row]} has ${end - start} change_loci and ${last - first} change_values`);
    }
    changes.loci.set(loci.items.subarray(start, end), changes.starts[row]);
    changes.values.set(values.items.subarray(first, last), changes.starts[row]);
    changes.starts[row + 1] = changes.starts[row] + end - start;
  }
  return changes;
}

function sortTransfers(columns: TransferColumns, rowOf: (id: number) => number): TransferHistory {
  const count = columns.tick.length;
  const order = new Uint32Array(count).map((_, i) => i);
  // Transfers of one tick keep the order in which they happened.
  order.sort((a, b) => columns.tick[a] - columns.tick[b] || a - b);
  const row = (what: string, id: number, tick: number): number => {
    const found = rowOf(id);
    if (found < 0) throw new FormatError('events', `${id}, the ${what} of a transfer at tick ${tick}, has no row in organisms`);
    return found;
  };
  return {
    count,
    tick: picked(columns.tick, order),
    recipient: Int32Array.from(order, (i) => row('recipient', columns.recipient[i], columns.tick[i])),
    donor: Int32Array.from(order, (i) => row('donor', columns.donor[i], columns.tick[i])),
    donorId: picked(columns.donor, order),
    recipientHaplotype: Uint8Array.from(order, (i) => columns.recipientHaplotype[i]),
    donorHaplotype: Uint8Array.from(order, (i) => columns.donorHaplotype[i]),
    start: Uint32Array.from(order, (i) => columns.start[i]),
    end: Uint32Array.from(order, (i) => columns.end[i]),
  };
}

function sortSpecies(columns: SpeciesColumns): SpeciesHistory {
  const order = ascending('species', columns.id);
  const id = picked(columns.id, order);
  const rowOf = finder(id);
  const rows = (ids: Float64Array) =>
    Int32Array.from(order, (i) => {
      if (ids[i] < 0) return -1;
      const found = rowOf(ids[i]);
      if (found < 0) throw new FormatError('species', `${ids[i]}, which ${columns.id[i]} names, has no row`);
      return found;
    });
  return {
    count: order.length,
    id,
    parent: rows(columns.parent),
    population: Uint8Array.from(order, (i) => columns.population[i]),
    originTick: picked(columns.originTick, order),
    endTick: picked(columns.endTick, order),
    fate: Array.from(order, (i) => columns.fate[i]),
    mergedInto: rows(columns.mergedInto),
    representative: picked(columns.representative, order),
    peak: Uint32Array.from(order, (i) => columns.peak[i]),
  };
}

function picked(values: Float64Array, order: Uint32Array): Float64Array {
  const sorted = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) sorted[i] = values[order[i]];
  return sorted;
}

/** Places of ids in ascending order. */
function ascending(table: string, id: Float64Array): Uint32Array {
  const count = id.length;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of id) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  const order = new Uint32Array(count);
  if (highest - lowest < count) {
    // A whole run numbers its organisms without gaps: every id gives its own place.
    order.fill(count);
    for (let i = 0; i < count; i++) if (order[id[i] - lowest] === count) order[id[i] - lowest] = i;
    if (!order.includes(count)) return order;
  }
  for (let i = 0; i < count; i++) order[i] = i;
  order.sort((a, b) => id[a] - id[b]);
  for (let i = 1; i < count; i++) {
    if (id[order[i]] === id[order[i - 1]]) throw new FormatError(table, `id ${id[order[i]]} is listed twice`);
  }
  return order;
}

/** Row of an id among ascending ids, -1 for an id that is missing. */
function finder(ids: Float64Array): (id: number) => number {
  const count = ids.length;
  return (id) => {
    // Without gaps an id is as far from the first as its row.
    const guess = id - ids[0];
    if (guess >= 0 && guess < count && ids[guess] === id) return guess;
    let low = 0;
    let high = count - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      if (ids[middle] === id) return middle;
      if (ids[middle] < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  };
}
