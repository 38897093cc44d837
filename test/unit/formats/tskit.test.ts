import { describe, expect, it } from 'vitest';
import type { History } from '../../../src/export/history.ts';
import { sampleHistory } from '../../../src/export/sample-history.ts';
import { validateTskit } from '../../../src/export/tskit/validate-tskit.ts';
import { type TskitFile, tskitFiles, tskitWriters } from '../../../src/export/tskit/write-tskit.ts';
import { caterpillar, randomHistory, uniform, withGenomes } from './random-history.ts';

type Texts = Record<TskitFile, string>;

function tables(history: History, sampled?: Uint8Array): Texts {
  const writers = tskitWriters(history, sampled);
  const texts = tskitFiles.map((name) => {
    let text = '';
    const decoder = new TextDecoder();
    writers[name]((chunk) => void (text += decoder.decode(chunk, { stream: true })));
    return [name, text];
  });
  return Object.fromEntries(texts) as Texts;
}

const check = (texts: Texts, length?: number) =>
  validateTskit(
    Object.fromEntries(tskitFiles.map((name) => [name, [new TextEncoder().encode(texts[name])]])) as unknown as Record<
      TskitFile,
      Iterable<Uint8Array>
    >,
    length,
  );

const rows = (text: string) =>
  text
    .split('\n')
    .slice(1, -1)
    .map((line) => line.split('\t'));

/** Organisms through which a locus came down to a haplotype of a living organism, by the history itself. */
function descent({ organisms, transfers, populations }: History, row: number, haplotype: number, locus: number): number[] {
  const path = [organisms.id[row]];
  // Transfers count that come before this moment; births of a tick come after its transfers.
  let before = Number.POSITIVE_INFINITY;
  for (;;) {
    let last = -1;
    for (let k = 0; k < transfers.count; k++) {
      const mine = transfers.recipient[k] === row && transfers.recipientHaplotype[k] === haplotype && transfers.tick[k] < before;
      if (mine && transfers.start[k] <= locus && locus < transfers.end[k]) last = k;
    }
    if (last >= 0) {
      before = transfers.tick[last];
      row = transfers.donor[last];
      haplotype = transfers.donorHaplotype[last];
    } else {
      before = organisms.birthTick[row] + 0.5;
      const { gameteStarts, gametes, firstParent, secondParent } = organisms;
      const { ploidy } = populations[organisms.population[row]];
      const list = gametes.subarray(gameteStarts[2 * row + haplotype], gameteStarts[2 * row + haplotype + 1]);
      let source = list.length === 0 ? haplotype : list[0];
      for (let k = 1; k < list.length; k++) if (list[k] <= locus) source = 1 - source;
      const other = secondParent[row] < 0 ? firstParent[row] : secondParent[row];
      if (ploidy === 1) row = source === 0 ? firstParent[row] : secondParent[row];
      else [row, haplotype] = [haplotype === 0 ? firstParent[row] : other, source];
      if (ploidy === 1) haplotype = 0;
    }
    if (row < 0) return path;
    path.push(organisms.id[row]);
  }
}

/** The same from the tables. */
function descentInTables(texts: Texts) {
  const individuals = rows(texts['individuals.txt']).map(
    ([, , , metadata]) => JSON.parse(Buffer.from(metadata, 'base64').toString()).id,
  );
  const nodes = rows(texts['nodes.txt']).map(([sample, , , individual]) => ({ sample, id: individuals[Number(individual)] }));
  const edges = new Map<number, number[][]>();
  for (const [left, right, parent, child] of rows(texts['edges.txt'])) {
    edges.set(Number(child), [...(edges.get(Number(child)) ?? []), [Number(left), Number(right), Number(parent)]]);
  }
  return {
    samples: nodes.flatMap(({ sample, id }, node) => (sample === '1' ? [{ node, id }] : [])),
    path(node: number, locus: number): number[] {
      const found: number[] = [];
      for (let at: number | undefined = node; at !== undefined; ) {
        // A transfer makes a new node of the same organism.
        if (found[found.length - 1] !== nodes[at].id) found.push(nodes[at].id);
        at = edges.get(at)?.find(([left, right]) => left <= locus && locus < right)?.[2];
      }
      return found;
    },
  };
}

const bits = (genome: Float32Array) => new Uint32Array(genome.buffer, genome.byteOffset, genome.length).join();

/** Genomes of the samples by the id of their organism, read off the tables site by site, from each node upwards. */
function genomesInTables(texts: Texts): Map<number, Float32Array[]> {
  const { samples } = descentInTables(texts);
  const sites = rows(texts['sites.txt']);
  const edges = new Map<string, number[][]>();
  for (const [left, right, parent, child] of rows(texts['edges.txt'])) {
    edges.set(child, [...(edges.get(child) ?? []), [Number(left), Number(right), Number(parent)]]);
  }
  const mutations = new Map(rows(texts['mutations.txt']).map(([site, node, , state]) => [`${site} ${node}`, state]));
  const genomes = new Map<number, Float32Array[]>();
  for (const { id, node } of samples) {
    const genome = Float32Array.from(sites, ([position, ancestral], site) => {
      for (let at: number | undefined = node; at !== undefined; ) {
        const derived = mutations.get(`${site} ${at}`);
        if (derived !== undefined) return Number(derived);
        at = edges.get(String(at))?.find(([left, right]) => left <= Number(position) && Number(position) < right)?.[2];
      }
      return Number(ancestral);
    });
    genomes.set(id, [...(genomes.get(id) ?? []), genome]);
  }
  return genomes;
}

const kinds = [
  ['asexual', { organisms: 600 }],
  ['haploid, two parents', { organisms: 600, sexual: 0.7 }],
  ['diploid', { organisms: 600, sexual: 0.7, ploidy: 2 }],
  ['asexual, transfers', { organisms: 600, transfers: 0.9 }],
  ['diploid, transfers, two populations', { organisms: 600, sexual: 0.5, ploidy: 2, transfers: 0.9, populations: 2 }],
] as const;

describe('tskit text tables', () => {
  it.each(kinds)('tell the descent of every locus as the history does: %s', (_, options) => {
    for (const seed of [1, 2, 3]) {
      const history = randomHistory({ ...options, living: 40, seed });
      const texts = tables(history);
      const { nodes, individuals } = check(texts, 20);
      // Nobody wrote down what births changed: headers alone.
      expect([rows(texts['sites.txt']), rows(texts['mutations.txt'])]).toEqual([[], []]);
      const { organisms, transfers, populations } = history;
      expect(individuals).toBe(organisms.count + transfers.count);
      expect(nodes).toBe(organisms.count * populations[0].ploidy + transfers.count);
      const { samples, path } = descentInTables(texts);
      const living = organisms.id.filter((_, row) => Number.isNaN(organisms.deathTick[row]));
      expect(samples.length).toBe(living.length * populations[0].ploidy);
      const random = uniform(seed);
      for (let k = 0; k < 60; k++) {
        const row = living[Math.floor(random() * living.length)];
        const locus = Math.floor(random() * 20);
        const own = samples.filter(({ id }) => id === row).map(({ node }) => path(node, locus).join());
        const wanted = Array.from({ length: populations[0].ploidy }, (_, h) => dedupe(descent(history, row, h, locus)).join());
        expect(own.sort()).toEqual(wanted.sort());
      }
    }
  });

  it.each(kinds)('give the genomes of all samples to the bit, from edges, sites and mutations alone: %s', (_, options) => {
    for (const seed of [1, 2]) {
      const { history, genomes } = withGenomes(randomHistory({ ...options, living: 40, seed }), seed);
      for (const part of [{ history, sampled: undefined }, sampleHistory(history, 'living'), sampleHistory(history, 7)]) {
        const texts = tables(part.history, part.sampled);
        check(texts, 20);
        expect(rows(texts['sites.txt']).length).toBe(20);
        const found = genomesInTables(texts);
        const { organisms, populations } = part.history;
        const chosen = Array.from(organisms.id).filter((_, row) =>
          part.sampled ? part.sampled[row] === 1 : Number.isNaN(organisms.deathTick[row]),
        );
        expect([...found.keys()].sort((a, b) => a - b)).toEqual(chosen);
        // Ids of a whole history are its rows.
        for (const id of chosen) {
          const haplotypes = found.get(id) as Float32Array[];
          expect(haplotypes.length).toBe(populations[0].ploidy);
          const own = Array.from({ length: populations[0].ploidy }, (_, h) => bits(genomes[id].slice(20 * h, 20 * h + 20)));
          expect(haplotypes.map(bits).sort()).toEqual(own.sort());
        }
      }
    }
  });

  it('name an organism that changes a locus which it has not', () => {
    const { history } = withGenomes(randomHistory({ organisms: 60, living: 20 }));
    const loci = history.changes?.loci.slice() as Uint32Array;
    loci[3] = 20;
    const changes = { ...history.changes, loci } as typeof history.changes;
    expect(() => tables({ ...history, changes })).toThrow('organism 0 changes locus 20 of 20, which does not exist');
  });

  it('stay valid for a sample and what it comes from', () => {
    const history = randomHistory({ organisms: 2000, sexual: 0.5, ploidy: 2, transfers: 0.5 });
    for (const choice of ['living', 5] as const) {
      const part = sampleHistory(history, choice);
      const texts = tables(part.history, part.sampled);
      check(texts, 20);
      const { samples, path } = descentInTables(texts);
      const whole = descentInTables(tables(history));
      expect(new Set(samples.map(({ id }) => id)).size).toBe(choice === 5 ? 5 : 100);
      for (const { id, node } of samples.slice(0, 20)) {
        const paths = whole.samples.filter((sample) => sample.id === id).map((sample) => whole.path(sample.node, 7).join());
        expect(paths).toContain(path(node, 7).join());
      }
    }
  });

  it('put a transfer half a tick before the births of its tick, and give what the donor had before it', () => {
    const history = randomHistory({ organisms: 400, transfers: 0.9 });
    const texts = tables(history);
    const times = rows(texts['nodes.txt']).map(([, time]) => Number(time));
    expect(times.filter((time) => time % 1 === 0.5).length).toBe(history.transfers.count);
    expect(history.transfers.count).toBeGreaterThan(20);
  });

  it('take a line of 20,000 generations', () => {
    expect(check(tables(caterpillar(20_000)))).toEqual({ nodes: 40_001, edges: 40_000, individuals: 40_001 });
  });

  it('refuse a history whose parents are not older than their children', () => {
    const history = randomHistory({ organisms: 300 });
    const birthTick = history.organisms.birthTick.slice();
    const row = history.organisms.firstParent.findIndex((parent) => parent >= 0);
    birthTick[history.organisms.firstParent[row]] = birthTick[row];
    expect(() => tables({ ...history, organisms: { ...history.organisms, birthTick } })).toThrow(
      /is a parent of \d+, born at tick \d+; a parent must be older/,
    );
  });
});

const dedupe = (path: readonly number[]) => path.filter((id, i) => id !== path[i - 1]);

describe('validateTskit', () => {
  const history = randomHistory({ organisms: 60, living: 20, sexual: 0.5, ploidy: 2, transfers: 0.9 });
  const good = tables(history);
  const change = (file: TskitFile, line: number, field: number, value: string): Texts => {
    const lines = good[file].split('\n');
    const fields = lines[line - 1].split('\t');
    fields[field] = value;
    lines[line - 1] = fields.join('\t');
    return { ...good, [file]: lines.join('\n') };
  };

  it.each([
    ['nodes.txt', 3, 0, '2', "nodes.txt, line 3: is_sample is '2', not 0 or 1"],
    ['nodes.txt', 3, 1, 'inf', "nodes.txt, line 3: time is 'inf', not a finite number"],
    ['nodes.txt', 3, 2, '1', "nodes.txt, line 3: population '1' does not exist"],
    ['nodes.txt', 3, 3, '9999', "nodes.txt, line 3: individual '9999' does not exist"],
    ['nodes.txt', 1, 1, 'Time', 'nodes.txt, line 1: the column time is missing'],
    ['edges.txt', 2, 0, '20', "edges.txt, line 2: left '20' and right '20' are not an interval"],
    ['edges.txt', 2, 1, '21', 'edges.txt, line 2: right is 21, beyond the length of the genome, 20'],
    ['edges.txt', 2, 2, '70000', "edges.txt, line 2: the parent node '70000' does not exist"],
    ['individuals.txt', 2, 2, '1', "individuals.txt, line 2: the parent '1' does not come before it"],
    ['populations.txt', 2, 0, 'x\ty', 'populations.txt, line 2: has 2 fields between tabs, but the header has 1'],
    ['sites.txt', 1, 0, 'where', 'sites.txt, line 1: the column position is missing'],
  ] as const)('names file, line and fault: %s line %i field %i', (file, line, field, value, message) => {
    const texts = change(file, line, field, value);
    if (file === 'edges.txt' && field === 0) texts[file] = texts[file].replace(/\n20\t\d+/, '\n20\t20');
    expect(() => check(texts, 20)).toThrow(message);
  });

  it('finds a parent that is not older, edges that overlap, a blank line and a mixture of times', () => {
    const [left, right, parent, child] = rows(good['edges.txt'])[0];
    const turned = { ...good, 'edges.txt': `${good['edges.txt']}${left}\t${right}\t${child}\t${parent}\n` };
    expect(() => check(turned)).toThrow(/edges\.txt, line \d+: the parent \d+ has time/);
    const twice = { ...good, 'edges.txt': `${good['edges.txt']}${left}\t${right}\t${parent}\t${child}\n` };
    expect(() => check(twice)).toThrow(/edges\.txt, line \d+: overlaps another edge of the child/);
    expect(() => check({ ...good, 'individuals.txt': `${good['individuals.txt']}\n` })).toThrow(
      /individuals\.txt, line \d+: is blank/,
    );
    const time = rows(good['nodes.txt'])[Number(child)][1];
    const mutations = `${good['mutations.txt']}0\t${child}\t${time}\tA\t-1\t\n0\t${child}\tunknown\tC\t0\t\n`;
    const sites = `${good['sites.txt']}${left}\tT\t\n`;
    expect(() => check({ ...good, 'sites.txt': sites, 'mutations.txt': mutations })).toThrow(
      'mutations.txt, line 3: the file mixes known and unknown times',
    );
    const late = `${good['mutations.txt']}0\t${child}\t1000000\tA\t-1\t\n`;
    expect(() => check({ ...good, 'sites.txt': sites, 'mutations.txt': late })).toThrow(
      'mutations.txt, line 2: time is 1000000, not less than',
    );
    const lost = `${good['mutations.txt']}0\t${parent}\t${rows(good['nodes.txt'])[Number(parent)][1]}\tA\t-1\t\n0\t${child}\t${time}\tC\t-1\t\n`;
    expect(() => check({ ...good, 'sites.txt': sites, 'mutations.txt': lost })).toThrow(
      'mutations.txt, line 3: the parent is -1; the last mutation above it at its site is 0',
    );
    expect(() => check({ ...good, 'sites.txt': sites, 'mutations.txt': lost.replace(/-1\t\n$/, '0\t\n') })).not.toThrow();
    expect(() => check({ ...good, 'sites.txt': `${sites}${left}\tT\t\n` })).toThrow(
      `sites.txt, line 3: position ${left} is listed twice`,
    );
  });
});
