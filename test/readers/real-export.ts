import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { readHistory } from '../../src/cli/read-history.ts';
import type { History } from '../../src/export/history.ts';
import { call, smallScene, testIo } from '../unit/cli/test-io.ts';

const sexual = { mutation: { on: true }, 'sexual-reproduction': { on: true, reach: 24 }, recombination: { on: true } };

/** Runs that are exported: how their organisms come by their genes. */
export const kinds = {
  asexual: {},
  haploid: { mechanisms: sexual },
  diploid: { mechanisms: sexual, genome: { ploidy: 2 } },
  transfer: { mechanisms: { mutation: { on: true }, transfer: { on: true } } },
} as const;

export interface RealExport {
  /** Directory of the run. */
  readonly run: string;
  /** Directory of its export in all formats. */
  readonly out: string;
  readonly history: History;
}

// The files of a process share these; exports-folder.ts makes the folder and takes it away.
const made = new Map<string, RealExport>();
const place = mkdtempSync(join(process.env.UPSLOPE_EXPORTS as string, 'process-'));

/** A real run of some hundred ticks and its export in all formats, made when it is first asked for. */
export async function realExport(kind: keyof typeof kinds): Promise<RealExport> {
  const known = made.get(kind);
  if (known) return known;
  const scene = {
    ...smallScene,
    name: kind,
    // Of the haploid run few live.
    ticks: kind === 'haploid' ? 900 : 600,
    habitat: { ...smallScene.habitat, width: 96, height: 96 },
    populations: { grazers: { ...smallScene.populations.grazers, founders: 80, ...kinds[kind] } },
    record: { species: { every: 100, smallest: 5, patience: 1, distance: 0.35 }, census: { every: 300, genomes: true } },
  };
  const [file, run, out] = [`${kind}.json`, kind, `${kind}-export`].map((name) => join(place, name));
  writeFileSync(file, JSON.stringify(scene));
  const ran = await call(['run', file, '--seed', '7', '--genomes', 'all', '--out', run]);
  expect(ran.status, ran.err).toBe(0);
  const exported = await call(['export', run, '--format', 'all', '--out', out]);
  expect(exported.status, exported.err).toBe(0);
  const { history, close } = await readHistory(testIo(), run, []);
  close();
  const result = { run, out, history };
  made.set(kind, result);
  return result;
}
