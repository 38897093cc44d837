import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { validateTskit } from '../../src/export/tskit/validate-tskit.ts';
import { type TskitFile, tskitFiles } from '../../src/export/tskit/write-tskit.ts';
import { output, python } from './readers.ts';
import { type kinds, realExport, removeExports } from './real-export.ts';

afterAll(removeExports);

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

  const title = 'is read by tskit itself';
  test.skipIf(!python || !hasTskit())(hasTskit() ? title : `${title} (not found: install python3-tskit)`, async () => {
    const { out, history } = await realExport(kind);
    const script = [
      'import sys, tskit',
      `names = ${JSON.stringify(tskitFiles.map((name) => name.replace('.txt', '')))}`,
      "files = {name: open(f'{sys.argv[1]}/{name}.txt') for name in names}",
      'sequence = tskit.load_text(**files, sequence_length=float(sys.argv[2]), strict=True)',
      'print(sequence.num_nodes, sequence.num_individuals, sequence.num_samples)',
    ].join('\n');
    const told = output(python, ['-c', script, join(out, 'tskit'), String(history.populations[0].loci)]);
    const { organisms, transfers, populations } = history;
    const living = organisms.deathTick.filter((tick) => Number.isNaN(tick)).length;
    const { ploidy } = populations[0];
    expect(told.trim().split(' ').map(Number)).toEqual([
      organisms.count * ploidy + transfers.count,
      organisms.count + transfers.count,
      living * ploidy,
    ]);
  });
});
