import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it, test } from 'vitest';
import { validateTskit } from '../../src/export/tskit/validate-tskit.ts';
import { type TskitFile, tskitFiles } from '../../src/export/tskit/write-tskit.ts';
import { output, python } from './readers.ts';
import { type kinds, realExport } from './real-export.ts';

const all = ['asexual', 'haploid', 'diploid', 'transfer'] as (keyof typeof kinds)[];

function hasTskit(): boolean {
  try {
    execFileSync(python as string, ['-c', 'import tskit'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.each(all)('the ancestry of the %s run', (kind) => {
  it('keeps the rules of tskit, with a node for each haplotype and transfer and samples of the living', async () => {
    const { out, history } = await realExport(kind);
    const { organisms, transfers, populations } = history;
    const read = (name: TskitFile) => readFileSync(join(out, 'tskit', name));
    const files = Object.fromEntries(tskitFiles.map((name) => [name, [read(name)]])) as unknown as Record<
      TskitFile,
      Uint8Array[]
    >;
    const { nodes, edges, individuals } = validateTskit(files, populations[0].loci);
    const { ploidy } = populations[0];
    expect(nodes).toBe(organisms.count * ploidy + transfers.count);
    expect(individuals).toBe(organisms.count + transfers.count);
    const born = organisms.firstParent.filter((parent) => parent >= 0).length;
    expect(edges).toBeGreaterThanOrEqual(born * ploidy + transfers.count);
    const samples = read('nodes.txt').toString().match(/^1\t/gm)?.length ?? 0;
    expect(samples).toBe(organisms.deathTick.filter((tick) => Number.isNaN(tick)).length * ploidy);
  });

  it('gives the genomes of the living to the bit, from its edges, sites and mutations alone', async () => {
    const { run, out, history } = await realExport(kind);
    const { loci, ploidy } = history.populations[0];
    const lines = (name: TskitFile) => {
      const text = readFileSync(join(out, 'tskit', name), 'utf8');
      const [, ...rest] = text.trimEnd().split('\n');
      return rest.map((line) => line.split('\t'));
    };
    const owners = lines('individuals.txt').map(
      ([, , , data]) => JSON.parse(Buffer.from(data, 'base64').toString()).id as number,
    );
    const ancestral = lines('sites.txt').map(([, state]) => Number(state));
    expect(ancestral.length).toBe(loci);
    const edges = new Map<number, number[][]>();
    for (const edge of lines('edges.txt')) {
      const [left, right, parent, child] = edge.map(Number);
      edges.set(child, [...(edges.get(child) ?? []), [left, right, parent]]);
    }
    const mutations = new Map(lines('mutations.txt').map(([site, node, , state]) => [Number(node) * loci + Number(site), state]));
    expect(mutations.size).toBeGreaterThan(history.organisms.count);
    const found = new Map<number, number[]>();
    for (const [node, [isSample, , , individual]] of lines('nodes.txt').entries()) {
      if (isSample !== '1') continue;
      const genome = ancestral.map((state, site) => {
        for (let at: number | undefined = node; at !== undefined; ) {
          const derived = mutations.get(at * loci + site);
          if (derived !== undefined) return Number(derived);
          at = edges.get(at)?.find(([left, right]) => left <= site && site < right)?.[2];
        }
        return state;
      });
      // Of a diploid the transfers may have made newer nodes; without them the haplotypes come in order.
      const owner = owners[Number(individual)];
      found.set(owner, [...(found.get(owner) ?? []), ...genome]);
    }
    const file = new Uint8Array(readFileSync(join(run, 'organisms.parquet'))).buffer;
    const rows = await parquetReadObjects({ file, columns: ['id', 'genome'] });
    const living = rows.filter(({ genome }) => genome !== null && genome !== undefined);
    expect(living.length).toBe(found.size);
    for (const { id, genome } of living) {
      expect(genome).toHaveLength(ploidy * loci);
      expect(found.get(Number(id))).toEqual(genome);
    }
  });

  const title = 'is read by tskit itself';
  test.skipIf(!python || !hasTskit())(hasTskit() ? title : `${title} (not found: install python3-tskit)`, async () => {
    const { out, history } = await realExport(kind);
    const script = [
      'import sys, tskit',
      `names = ${JSON.stringify(tskitFiles.map((name) => name.replace('.txt', '')))}`,
      "files = {name: open(f'{sys.argv[1]}/{name}.txt') for name in names}",
      'sequence = tskit.load_text(**files, sequence_length=float(sys.argv[2]), strict=True)',
      'print(sequence.num_nodes, sequence.num_individuals, sequence.num_samples, sequence.num_sites)',
    ].join('\n');
    const told = output(python, ['-c', script, join(out, 'tskit'), String(history.populations[0].loci)]);
    const { organisms, transfers, populations } = history;
    const living = organisms.deathTick.filter((tick) => Number.isNaN(tick)).length;
    const { ploidy } = populations[0];
    expect(told.trim().split(' ').map(Number)).toEqual([
      organisms.count * ploidy + transfers.count,
      organisms.count + transfers.count,
      living * ploidy,
      populations[0].loci,
    ]);
  });
});
