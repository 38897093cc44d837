import type { History } from '../../../src/export/history.ts';
import type { Provenance } from '../../../src/export/provenance.ts';

export interface RandomHistoryOptions {
  readonly seed?: number;
  /** Organisms that ever live. */
  readonly organisms: number;
  /** Organisms that live at a time. */
  readonly living?: number;
  readonly ploidy?: 1 | 2;
  readonly loci?: number;
  /** Share of births with two parents. */
  readonly sexual?: number;
  /** Transfers a birth. */
  readonly transfers?: number;
  readonly populations?: number;
  /** Species a birth. */
  readonly speciation?: number;
}

/** Uniform numbers in [0, 1) (mulberry32). */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function someProvenance(ticks: number, populations: readonly string[], ploidy: number, loci: number): Provenance {
  return {
    schema_version: 1,
    software: { name: 'upslope', version: '0' },
    scene: { name: 'random', populations: Object.fromEntries(populations.map((name) => [name, { genome: { ploidy } }])), loci },
    seed: '7',
    seed_generated: false,
    ticks,
    changes: [],
    record: { every: 100, genomes: 'none', csv: false },
    hash: '0123456789abcdef',
    environment: {},
  } as unknown as Provenance;
}

/**
 * A history that could be a run's: in each tick some hand genes over, some are born of those who lived before it, some
 * die, and now and then a newborn founds a species or a species goes into another.
 */
export function randomHistory(options: RandomHistoryOptions): History {
  const { organisms: count, living: size = 100, ploidy = 1, loci = 20, sexual = 0, transfers = 0, populations = 1 } = options;
  const { speciation = 0 } = options;
  const random = uniform(options.seed ?? 1);
  const below = (n: number) => Math.floor(random() * n);
  const firstParent = new Int32Array(count).fill(-1);
  const secondParent = new Int32Array(count).fill(-1);
  const firstShare = new Float64Array(count).fill(1);
  const birthTick = new Float64Array(count);
  const deathTick = new Float64Array(count).fill(Number.NaN);
  const population = new Uint8Array(count);
  const species = new Float64Array(count).fill(-1);
  const generation = new Uint32Array(count);
  const offspring = new Uint32Array(count);
  const gameteStarts = new Uint32Array(2 * count + 1);
  const gametes: number[] = [];
  const handed: number[][] = [];
  const kinds: { parent: number; population: number; origin: number; end: number; fate: string; into: number; first: number }[] =
    [];
  const members: number[] = [];
  const founders = Math.min(size, count);
  const alive: number[][] = Array.from({ length: populations }, () => []);
  if (speciation > 0) {
    for (let p = 0; p < populations; p++) {
      kinds.push({ parent: -1, population: p, origin: 0, end: Number.NaN, fate: 'living', into: -1, first: p });
      members.push(0);
    }
  }
  let tick = 0;
  for (let i = 0; i < founders; i++) {
    population[i] = i % populations;
    birthTick[i] = 0 - below(20);
    alive[i % populations].push(i);
    if (speciation > 0) members[(species[i] = i % populations)]++;
  }
  const leave = (row: number) => {
    if (speciation === 0 || --members[species[row]] > 0) return;
    Object.assign(kinds[species[row]], { end: tick, fate: 'extinct' });
  };
  const gamete = (row: number, g: number): number => {
    const source = below(2);
    const places = new Set(Array.from({ length: below(3) }, () => 1 + below(loci - 1)));
    gametes.push(source, ...[...places].sort((a, b) => a - b));
    let ones = 0;
    let now = source;
    for (let locus = 0; locus < loci; locus++) {
      if (places.has(locus)) now = 1 - now;
      ones += now;
    }
    gameteStarts[2 * row + g + 1] = gametes.length;
    return ones;
  };
  let row = founders;
  while (row < count) {
    tick++;
    const before = alive.map((list) => list.length);
    for (let p = 0; p < populations; p++) {
      const takers = new Set<number>();
      for (let k = 0; k < before[p] * 0.05; k++) {
        const [recipient, donor] = [alive[p][below(before[p])], alive[p][below(before[p])]];
        if (random() >= transfers || recipient === donor || takers.has(recipient)) continue;
        takers.add(recipient);
        const start = below(loci);
        handed.push([tick, recipient, donor, below(ploidy), below(ploidy), start, start + 1 + below(loci - start)]);
      }
    }
    for (let p = 0; p < populations; p++) {
      const births = Math.max(1, Math.round(before[p] * 0.05));
      for (let k = 0; k < births && row < count; k++, row++) {
        const mother = alive[p][below(before[p])];
        const father = alive[p][below(before[p])];
        const two = father !== mother && random() < sexual;
        firstParent[row] = mother;
        birthTick[row] = tick;
        population[row] = p;
        generation[row] = generation[mother] + 1;
        offspring[mother]++;
        gameteStarts[2 * row + 1] = gameteStarts[2 * row + 2] = gametes.length;
        if (two) {
          secondParent[row] = father;
          offspring[father]++;
          generation[row] = Math.max(generation[mother], generation[father]) + 1;
          const fromSecond = gamete(row, 0);
          firstShare[row] = ploidy === 2 ? 0.5 : 1 - fromSecond / loci;
          if (ploidy === 2) gamete(row, 1);
          gameteStarts[2 * row + 2] = gametes.length;
        }
        if (speciation > 0) {
          species[row] = species[mother];
          if (random() < speciation) {
            const split = { parent: species[mother], population: p, origin: tick, end: Number.NaN, fate: 'living', into: -1 };
            species[row] = kinds.push({ ...split, first: row }) - 1;
            members.push(0);
          }
          members[species[row]]++;
        }
        alive[p].push(row);
      }
      for (let k = 0; k < births && before[p] > 2; k++) {
        const place = below(before[p]);
        const dead = alive[p][place];
        deathTick[dead] = tick;
        alive[p].splice(place, 1);
        before[p]--;
        leave(dead);
      }
    }
    if (speciation > 0 && random() < 0.02) merge(kinds, members, tick, below);
  }
  const endTick = tick + 1;
  const names = Array.from({ length: populations }, (_, p) => ['grazers', 'hunters', 'others'][p] ?? `others-${p}`);
  return {
    endTick,
    populations: names.map((name) => ({ name, loci, ploidy })),
    organisms: {
      count,
      id: Float64Array.from(firstParent, (_, i) => i),
      firstParent,
      secondParent,
      firstShare,
      birthTick,
      lineTick: birthTick,
      deathTick,
      population,
      species,
      generation,
      offspring,
      gameteStarts,
      gametes: Uint32Array.from(gametes),
    },
    transfers: {
      count: handed.length,
      tick: Float64Array.from(handed, (row) => row[0]),
      recipient: Int32Array.from(handed, (row) => row[1]),
      donor: Int32Array.from(handed, (row) => row[2]),
      donorId: Float64Array.from(handed, (row) => row[2]),
      recipientHaplotype: Uint8Array.from(handed, (row) => row[3]),
      donorHaplotype: Uint8Array.from(handed, (row) => row[4]),
      start: Uint32Array.from(handed, (row) => row[5]),
      end: Uint32Array.from(handed, (row) => row[6]),
    },
    species: {
      count: kinds.length,
      id: Float64Array.from(kinds, (_, i) => i),
      parent: Int32Array.from(kinds, ({ parent }) => parent),
      population: Uint8Array.from(kinds, ({ population: of }) => of),
      originTick: Float64Array.from(kinds, ({ origin }) => origin),
      endTick: Float64Array.from(kinds, ({ end }) => end),
      fate: kinds.map(({ fate }) => fate),
      mergedInto: Int32Array.from(kinds, ({ into }) => into),
      representative: Float64Array.from(kinds, ({ first }) => first),
      peak: new Uint32Array(kinds.length).fill(1),
    },
    complete: true,
    provenance: someProvenance(endTick, names, ploidy, loci),
  };
}

/** Genomes for a history: the history with what its births changed, and what everybody ends with. */
export function withGenomes(history: History, seed = 1): { history: History; genomes: Float32Array[] } {
  const { organisms, transfers, populations } = history;
  const random = uniform(seed);
  const value = () => [0, -0, 1, Math.fround(random() - 0.5)][Math.floor(random() * 4)];
  const starts = new Uint32Array(organisms.count + 1);
  const places: number[] = [];
  const values: number[] = [];
  const genomes: Float32Array[] = [];
  let next = 0;
  const handOver = (last: number) => {
    while (next < transfers.count && transfers.tick[next] <= last) {
      const before = genomes.map((genome) => genome.slice());
      for (const tick = transfers.tick[next]; next < transfers.count && transfers.tick[next] === tick; next++) {
        const k = next;
        const { loci } = populations[organisms.population[transfers.recipient[k]]];
        const [to, from] = [transfers.recipientHaplotype[k] * loci, transfers.donorHaplotype[k] * loci];
        for (let locus = transfers.start[k]; locus < transfers.end[k]; locus++) {
          genomes[transfers.recipient[k]][to + locus] = before[transfers.donor[k]][from + locus];
        }
      }
    }
  };
  for (let row = 0; row < organisms.count; row++) {
    handOver(organisms.birthTick[row]);
    const { loci, ploidy } = populations[organisms.population[row]];
    const genome = new Float32Array(ploidy * loci);
    const [first, second] = [organisms.firstParent[row], organisms.secondParent[row]];
    for (let at = 0; at < genome.length; at++) {
      const [h, locus] = [Math.floor(at / loci), at % loci];
      const list = organisms.gametes.subarray(organisms.gameteStarts[2 * row + h], organisms.gameteStarts[2 * row + h + 1]);
      let source = list.length > 0 ? list[0] : h;
      for (const change of list.subarray(1)) if (change <= locus) source = 1 - source;
      const parent = ploidy === 1 ? [first, second][source] : h === 0 || second < 0 ? first : second;
      genome[at] = parent < 0 ? value() : genomes[parent][(ploidy === 1 ? 0 : source * loci) + locus];
      const inherited = genome[at];
      if (parent >= 0 && random() < 0.1) genome[at] = value();
      if (parent >= 0 && Object.is(inherited, genome[at])) continue;
      places.push(at);
      values.push(genome[at]);
    }
    starts[row + 1] = places.length;
    genomes.push(genome);
  }
  handOver(Number.POSITIVE_INFINITY);
  const changes = { starts, loci: Uint32Array.from(places), values: Float32Array.from(values) };
  const provenance = { ...history.provenance, record: { ...history.provenance.record, genomes: 'all' as const } };
  return { history: { ...history, provenance, changes }, genomes };
}

/** Lets one living species go into another one of its population; its members keep the number they were born with. */
function merge(
  kinds: { population: number; end: number; fate: string; into: number }[],
  members: number[],
  tick: number,
  below: (n: number) => number,
): void {
  const living = kinds.flatMap(({ fate }, i) => (fate === 'living' ? [i] : []));
  const from = living[below(living.length)];
  const into = living[below(living.length)];
  if (from === into || kinds[from].population !== kinds[into].population) return;
  Object.assign(kinds[from], { end: tick, fate: 'merged', into });
  members[from] = Number.POSITIVE_INFINITY;
}

/** A line of descent `depth` long in which everybody has one child that has children and one that has none. */
export function caterpillar(depth: number): History {
  const count = 2 * depth + 1;
  const row = Int32Array.from({ length: count }, (_, i) => i);
  // Rows: founder, then for each generation the heir and the childless one.
  const parent = row.map((i) => (i === 0 ? -1 : i <= 2 ? 0 : 2 * Math.floor((i - 1) / 2) - 1));
  const birthTick = Float64Array.from(row, (i) => Math.ceil(i / 2));
  const living = (i: number) => i >= count - 2;
  const none = new Float64Array(0);
  return {
    endTick: depth + 1,
    populations: [{ name: 'grazers', loci: 3, ploidy: 1 }],
    organisms: {
      count,
      id: Float64Array.from(row),
      firstParent: parent,
      secondParent: new Int32Array(count).fill(-1),
      firstShare: new Float64Array(count).fill(1),
      birthTick,
      lineTick: birthTick,
      deathTick: Float64Array.from(row, (i) => (living(i) ? Number.NaN : Math.ceil(i / 2) + 1)),
      population: new Uint8Array(count),
      species: new Float64Array(count).fill(-1),
      generation: Uint32Array.from(birthTick),
      offspring: Uint32Array.from(row, (i) => ((i === 0 || i % 2 === 1) && i < count - 2 ? 2 : 0)),
      gameteStarts: new Uint32Array(2 * count + 1),
      gametes: new Uint32Array(0),
    },
    transfers: {
      count: 0,
      tick: none,
      recipient: new Int32Array(0),
      donor: new Int32Array(0),
      donorId: none,
      recipientHaplotype: new Uint8Array(0),
      donorHaplotype: new Uint8Array(0),
      start: new Uint32Array(0),
      end: new Uint32Array(0),
    },
    species: {
      count: 0,
      id: none,
      parent: new Int32Array(0),
      population: new Uint8Array(0),
      originTick: none,
      endTick: none,
      fate: [],
      mergedInto: new Int32Array(0),
      representative: none,
      peak: new Uint32Array(0),
    },
    complete: true,
    provenance: someProvenance(depth + 1, ['grazers'], 1, 3),
  };
}
