import { namedStream } from '../math/streams.ts';
import type { ChangeHistory, History, OrganismHistory } from './history.ts';
import { transfersByRecipient } from './transfers-by-recipient.ts';

/** Whose history: that of all organisms, of the living, or of a number of the living, drawn at random. */
export type SampleChoice = 'all' | 'living' | number;

/** The part of a history that a sample comes from. */
export interface SampledHistory {
  readonly history: History;
  /** 1 for the organisms of the sample, aligned with the history's; its other organisms are their ancestors and donors. */
  readonly sampled: Uint8Array;
}

/**
 * The history of a sample: its organisms, all their parents and all donors of genes to these, back to the founders. The draw
 * depends on the run's seed alone. All species are kept.
 */
export function sampleHistory(history: History, choice: Exclude<SampleChoice, 'all'>): SampledHistory {
  const chosen = sampledRows(history, choice);
  const { organisms, transfers } = history;
  const kept = new Uint8Array(organisms.count);
  const stack: number[] = [];
  const keep = (row: number) => {
    if (row < 0 || kept[row] === 1) return;
    kept[row] = 1;
    stack.push(row);
  };
  const { starts, order } = transfersByRecipient(transfers, organisms.count);
  for (const row of chosen) keep(row);
  for (let row = stack.pop(); row !== undefined; row = stack.pop()) {
    keep(organisms.firstParent[row]);
    keep(organisms.secondParent[row]);
    for (let k = starts[row]; k < starts[row + 1]; k++) keep(transfers.donor[order[k]]);
  }
  const inSample = new Uint8Array(organisms.count);
  for (const row of chosen) inSample[row] = 1;
  const rows = Int32Array.from(places(kept));
  return { history: restricted(history, rows), sampled: Uint8Array.from(rows, (row) => inSample[row]) };
}

/** Rows of the sample, ascending. */
export function sampledRows({ organisms, provenance }: History, choice: Exclude<SampleChoice, 'all'>): Int32Array {
  const { count, deathTick } = organisms;
  const living = Int32Array.from(places(Uint8Array.from({ length: count }, (_, row) => Number(Number.isNaN(deathTick[row])))));
  if (choice === 'living' || choice >= living.length) return living;
  // The first places of a shuffle (Fisher and Yates).
  const stream = namedStream(provenance.seed, 'export sample');
  for (let i = 0; i < choice; i++) {
    const other = i + stream.integer(living.length - i);
    [living[i], living[other]] = [living[other], living[i]];
  }
  return living.slice(0, choice).sort();
}

function* places(marks: Uint8Array): Generator<number> {
  for (let i = 0; i < marks.length; i++) if (marks[i] === 1) yield i;
}

function restricted(history: History, rows: Int32Array): History {
  const { organisms, transfers } = history;
  const place = new Int32Array(organisms.count).fill(-1);
  for (let i = 0; i < rows.length; i++) place[rows[i]] = i;
  const events = Uint32Array.from(
    (function* () {
      for (let k = 0; k < transfers.count; k++) if (place[transfers.recipient[k]] >= 0) yield k;
    })(),
  );
  const at = (row: number) => (row < 0 ? -1 : place[row]);
  return {
    ...history,
    complete: false,
    ...(history.changes && { changes: pickChanges(history.changes, rows) }),
    organisms: pickOrganisms(organisms, rows, at),
    transfers: {
      count: events.length,
      tick: Float64Array.from(events, (k) => transfers.tick[k]),
      recipient: Int32Array.from(events, (k) => at(transfers.recipient[k])),
      donor: Int32Array.from(events, (k) => at(transfers.donor[k])),
      donorId: Float64Array.from(events, (k) => transfers.donorId[k]),
      recipientHaplotype: Uint8Array.from(events, (k) => transfers.recipientHaplotype[k]),
      donorHaplotype: Uint8Array.from(events, (k) => transfers.donorHaplotype[k]),
      start: Uint32Array.from(events, (k) => transfers.start[k]),
      end: Uint32Array.from(events, (k) => transfers.end[k]),
    },
  };
}

function pickChanges(from: ChangeHistory, rows: Int32Array): ChangeHistory {
  const starts = new Uint32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++) starts[i + 1] = starts[i] + from.starts[rows[i] + 1] - from.starts[rows[i]];
  const loci = new Uint32Array(starts[rows.length]);
  const values = new Float32Array(starts[rows.length]);
  for (let i = 0; i < rows.length; i++) {
    const [start, end] = [from.starts[rows[i]], from.starts[rows[i] + 1]];
    loci.set(from.loci.subarray(start, end), starts[i]);
    values.set(from.values.subarray(start, end), starts[i]);
  }
  return { starts, loci, values };
}

function pickOrganisms(from: OrganismHistory, rows: Int32Array, at: (row: number) => number): OrganismHistory {
  const gameteStarts = new Uint32Array(2 * rows.length + 1);
  for (let i = 0; i < rows.length; i++) {
    for (let g = 0; g < 2; g++) {
      const place = 2 * rows[i] + g;
      gameteStarts[2 * i + g + 1] = gameteStarts[2 * i + g] + from.gameteStarts[place + 1] - from.gameteStarts[place];
    }
  }
  const gametes = new Uint32Array(gameteStarts[2 * rows.length]);
  for (let i = 0; i < rows.length; i++) {
    gametes.set(from.gametes.subarray(from.gameteStarts[2 * rows[i]], from.gameteStarts[2 * rows[i] + 2]), gameteStarts[2 * i]);
  }
  return {
    count: rows.length,
    id: Float64Array.from(rows, (row) => from.id[row]),
    firstParent: rows.map((row) => at(from.firstParent[row])),
    secondParent: rows.map((row) => at(from.secondParent[row])),
    firstShare: Float64Array.from(rows, (row) => from.firstShare[row]),
    birthTick: Float64Array.from(rows, (row) => from.birthTick[row]),
    lineTick: Float64Array.from(rows, (row) => from.lineTick[row]),
    deathTick: Float64Array.from(rows, (row) => from.deathTick[row]),
    population: Uint8Array.from(rows, (row) => from.population[row]),
    species: Float64Array.from(rows, (row) => from.species[row]),
    generation: Uint32Array.from(rows, (row) => from.generation[row]),
    offspring: Uint32Array.from(rows, (row) => from.offspring[row]),
    ...pickPlaces(from, rows),
    gameteStarts,
    gametes,
  };
}

function pickPlaces({ birthX, birthY }: OrganismHistory, rows: Int32Array): Pick<OrganismHistory, 'birthX' | 'birthY'> {
  if (!birthX || !birthY) return {};
  return { birthX: Float32Array.from(rows, (row) => birthX[row]), birthY: Float32Array.from(rows, (row) => birthY[row]) };
}
