import { lociBetween } from '../../src/analysis/price/loci-of-censuses.ts';
import { priceOfCensuses } from '../../src/analysis/price/price-of-censuses.ts';
import type { LocusAccount } from '../../src/analysis/price/price-of-loci.ts';
import { type PriceAccount, priceOfWindow } from '../../src/analysis/price/price-of-window.ts';
import { readHistoryFiles } from '../../src/export/history-reader.ts';
import type { Provenance } from '../../src/export/index.ts';
import { PriceReader } from '../../src/export/price-reader.ts';
import { Recorder } from '../../src/export/table-recorder.ts';
import { type FileSource, sourceOfChunks } from '../../src/export/validate/file-source.ts';
import { SceneError } from '../../src/scene/error.ts';
import { parseScene } from '../../src/scene/parse.ts';
import type { Scene } from '../../src/scene/schema.ts';
import { applyChanges } from '../../src/scene/set-path.ts';
import { mechanismsOf } from '../../src/scene/vocabulary-of.ts';
import { createSimulation } from '../../src/simulation/create.ts';

interface PriceRun {
  readonly ticks: number;
  /** Ticks between censuses. */
  readonly every: number;
  /** Whether every mechanism is switched on that the genomes have room for. */
  readonly everything: boolean;
  readonly seed: string;
  /** Founders of every population, where they are not to be those of the scene. */
  readonly founders?: number;
}

/**
 * What would leave no population or no selection to speak of: demes and mates that are hard to find are left as the scene has them. Revival brings
 * organisms from outside of windows, which then have no residual.
 */
const leftAlone = new Set(['mate-distance', 'migration', 'trial-learning', 'revival']);

function prepare(json: unknown, name: string, { every, everything, founders }: PriceRun): Scene {
  const parsed = parseScene(json, name);
  const changes = [
    { path: 'record.census.every', value: every },
    ...Object.keys(founders === undefined ? {} : parsed.populations).map((population) => ({
      path: `populations.${population}.founders`,
      value: founders,
    })),
  ];
  let scene = applyChanges(parsed, changes, { atStart: true });
  if (!everything) return scene;
  for (const population of Object.keys(scene.populations)) {
    for (const { id } of mechanismsOf(scene).all()) {
      if (leftAlone.has(id)) continue;
      try {
        scene = applyChanges(scene, [{ path: `populations.${population}.mechanisms.${id}.on`, value: true }], { atStart: true });
      } catch (error) {
        if (!(error instanceof SceneError)) throw error;
      }
    }
  }
  return scene;
}

/**
 * Largest residuals, relative to the scale of the trait, over all traits and all windows between censuses: from the living record, and
 * from the exported files alone, there over longer windows that open at the first census too (2, 4, 8, ... censuses and all). `apart`: how
 * far the two differ; `longest`: ticks of the longest window. `loci`: the same by copies of the loci that traits read, and how far selection is from
 * the sum of its channels.
 */
export async function priceAgreement(json: unknown, name: string, run: PriceRun) {
  const scene = prepare(json, name, run);
  const simulation = createSimulation(scene, run.seed);
  const chunks = new Map<string, Uint8Array[]>();
  const open = (file: string) => {
    const own: Uint8Array[] = [];
    chunks.set(file, own);
    return (chunk: Uint8Array) => void own.push(chunk.slice());
  };
  const recorder = new Recorder(simulation, {
    every: run.every,
    genomes: 'none',
    runId: '0'.repeat(32),
    csv: false,
    probes: [],
    open,
  });
  const stop = simulation.observe(recorder);
  const live = new Map<string, PriceAccount>();
  const liveLoci = new Map<string, LocusAccount>();
  const traits = simulation.populations[0].traits.map(({ id }) => id);
  const former = new Map<number, Parameters<typeof priceOfCensuses>[0]>();
  recorder.record.onCensus((census) => {
    const before = former.get(census.population);
    if (before && census.count > 0) {
      for (const [t, trait] of traits.entries()) {
        live.set(`${census.population} ${before.tick} ${trait}`, priceOfCensuses(before, census, t, traits.length));
        const loci = lociBetween(before, census, traits.length)?.account(t);
        if (loci) liveLoci.set(`${census.population} ${before.tick} ${trait}`, loci);
      }
    }
    former.set(census.population, census);
  });
  simulation.step(run.ticks);
  recorder.finish(simulation);
  stop();
  const names = simulation.populations.map((population) => population.name);
  simulation.dispose();
  const file = (table: string): FileSource => sourceOfChunks(chunks.get(`${table}.parquet`) ?? []);
  const provenance = { scene, ticks: run.ticks, record: {} } as unknown as Provenance;
  const history = await readHistoryFiles(provenance, {
    organisms: file('organisms'),
    loci: file('loci'),
    species: file('species'),
    events: file('events'),
  });
  const reader = await PriceReader.open(file('census'), history);
  const result = { live: 0, exported: 0, apart: 0, windows: 0, longest: 0 };
  const loci = { live: 0, exported: 0, apart: 0, windows: 0, channels: 0 };
  for (const account of live.values()) result.live = Math.max(result.live, account.residual);
  for (const account of liveLoci.values()) {
    const sum = account.byChannel.reduce((total, { value }) => total + value, 0);
    loci.channels = Math.max(loci.channels, Math.abs(sum - account.selection));
    if (!Number.isNaN(account.residual)) loci.live = Math.max(loci.live, account.residual);
  }
  for (const [p, population] of names.entries()) {
    const ticks = reader.censusTicks(population);
    for (let k = 0; k + 1 < ticks.length; k++) {
      const longer = (_: number, at: number) => (at & (at - 1)) === 0 || at === ticks.length - 1;
      const spans =
        k === 0
          ? ticks
              .filter(longer)
              .slice(1)
              .map((to) => [ticks[0], to])
          : [[ticks[k], ticks[k + 1]]];
      for (const [from, to] of spans) {
        for (const [trait, account] of await reader.lociAccounts(population, from, to, traits)) {
          if (!Number.isNaN(account.residual)) loci.exported = Math.max(loci.exported, account.residual);
          loci.windows++;
          const same = to === ticks[ticks.indexOf(from) + 1] ? liveLoci.get(`${p} ${from} ${trait}`) : undefined;
          if (same) loci.apart = Math.max(loci.apart, apartOf(same, account));
        }
        for (const [trait, window] of await reader.window(population, from, to, traits)) {
          if (window.after.length === 0) continue;
          const account = priceOfWindow(window);
          result.exported = Math.max(result.exported, account.residual);
          result.windows++;
          result.longest = Math.max(result.longest, to - from);
          const same = to === ticks[ticks.indexOf(from) + 1] ? live.get(`${p} ${from} ${trait}`) : undefined;
          if (!same) continue;
          result.apart = Math.max(result.apart, Math.abs(same.selection - account.selection));
          // Families from the tables are those of the record.
          const errors = [same.errors, account.errors].map(({ selection }) => (Number.isNaN(selection) ? -1 : selection));
          result.apart = Math.max(result.apart, Math.abs(errors[0] - errors[1]));
          result.apart = Math.max(result.apart, Math.abs(same.errors.freedom - account.errors.freedom));
        }
      }
    }
  }
  return { ...result, loci };
}

/** Largest difference of two accounts of one window: terms, errors, channels. */
function apartOf(one: LocusAccount, other: LocusAccount): number {
  const numbers = ({ change, levels, errors, byChannel, byMechanism, ancestors, living }: LocusAccount) => [
    ...[change, levels.between, levels.within, ancestors, living],
    ...[errors.selection, errors.between, errors.within, errors.freedom].map((error) => (Number.isNaN(error) ? -1 : error)),
    ...[...byChannel, ...byMechanism].map(({ value }) => value),
  ];
  const [a, b] = [numbers(one), numbers(other)];
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return Math.max(...a.map((value, i) => Math.abs(value - b[i])));
}
