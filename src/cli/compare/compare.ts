import { basename, join } from 'node:path';
import { type Difference, differencesOf, differencesTable } from '../../experiment/differences.ts';
import { drawFigure } from '../../experiment/figure.ts';
import { distinctName, NamesOfFolder } from '../../export/portable-name.ts';
import { suggest } from '../../parameter/nearest.ts';
import { showText } from '../../parameter/show.ts';
import { traitsReadBy } from '../../scene/carry-loci.ts';
import type { Scene } from '../../scene/schema.ts';
import { habitatOf, mechanismsOf, missingFor, vocabularyOf } from '../../scene/vocabulary-of.ts';
import type { Catalogue } from '../../simulation/catalogue.ts';
import type { Io } from '../io.ts';
import { parquetOf, writeResults } from '../result-files.ts';
import { loadScene } from '../scenes.ts';
import type { ScheduledSetting, Setting } from '../setting-flags.ts';
import type { Performer } from '../sweep/performer.ts';
import { sweepCommand } from '../sweep/sweep.ts';
import { SweepFolder, sweepAdvice } from '../sweep/sweep-folder.ts';
import { UserError } from '../user-error.ts';
import { printDifferences } from './print-differences.ts';

/** Flags of `upslope compare`; undefined where not given. */
export interface CompareFlags {
  readonly without?: string;
  readonly with?: string;
  readonly population?: string;
  readonly from?: number;
  readonly seeds?: unknown;
  readonly ticks?: number;
  readonly every?: number;
  readonly set?: readonly Setting[];
  readonly at?: readonly ScheduledSetting[];
  readonly probe?: string;
  readonly out?: string;
  readonly jobs?: number;
}

/**
 * `upslope compare`: worlds with and without a mechanism, in pairs from the same state and with the same draws for everything
 * else, and how they differ. Returns the exit status.
 */
export async function compareCommand(
  io: Io,
  given: string,
  flags: CompareFlags,
  makePerformer: (jobs: number, seconds: number) => Performer,
): Promise<number> {
  const scene = loadScene(io, given);
  const mechanism = chooseMechanism(scene, flags);
  const populations = choosePopulations(scene, mechanism, flags);
  const probes = chooseProbes(io.catalogue, flags.probe);
  const paths = populations.map((name) => `populations.${name}.mechanisms.${mechanism}.on`);
  const from = flags.from ?? 0;
  const out =
    flags.out ??
    join(
      'comparisons',
      distinctName(`${basename(given).replace(/\.json$/, '')}-${flags.with ? 'with' : 'without'}-${mechanism}`),
    );
  const { ticks, every, at, jobs } = flags;
  const status = await sweepCommand(
    io,
    undefined,
    {
      scene: given,
      name: 'compare',
      // A world that gets a mechanism later has room for it in its genomes from the start, as its twin does.
      set: [...carriedSettings(scene, mechanism, flags), ...(flags.set ?? [])],
      vary: [{ path: `${from > 0 ? `${from}:` : ''}${paths.join('+')}`, values: [true, false] }],
      seeds: flags.seeds ?? '1..10',
      ...(ticks === undefined ? {} : { ticks }),
      ...(every === undefined ? {} : { every }),
      ...(at === undefined ? {} : { at }),
      ...(jobs === undefined ? {} : { jobs }),
      out,
    },
    makePerformer,
  );
  if (status > 1) return status;
  const folder = new SweepFolder(io, out);
  const sweep = folder.readSweep();
  const { done } = folder.state();
  const differences = differencesOf(sweep, (id) => (done.has(id) ? folder.read(id) : undefined));
  await writeDifferences(io, join(out, 'compared'), differences, mechanism);
  const shown = ({ measure }: Difference) => probes === undefined || probes.includes(measure.probe);
  io.out(printDifferences(differences, shown, mechanism, out));
  return status;
}

/** @throws {UserError} where none or both are given, or the mechanism does not exist here */
function chooseMechanism(scene: Scene, flags: CompareFlags): string {
  const asked = flags.without ?? flags.with;
  const known = mechanismsOf(scene)
    .all()
    .map(({ id }) => id);
  if (asked === undefined) throw new UserError(`--without is missing; give one of ${known.join(', ')}`);
  if (flags.without !== undefined && flags.with !== undefined) {
    throw new UserError('--without and --with exclude each other; give one of them');
  }
  const reason = missingFor(asked, scene.habitat.kind, vocabularyOf(scene));
  if (reason !== undefined) throw new UserError(`${reason}; give one of ${known.join(', ')}`);
  if (!known.includes(asked)) throw new UserError(`there is no mechanism '${showText(asked)}' here; ${suggest(asked, known)}`);
  return asked;
}

/** Populations in which it is switched. */
function choosePopulations(scene: Scene, mechanism: string, flags: CompareFlags): string[] {
  const names = Object.keys(scene.populations);
  if (flags.population !== undefined && !names.includes(flags.population)) {
    throw new UserError(`there is no population '${showText(flags.population)}'; ${suggest(flags.population, names)}`);
  }
  const path = (name: string) => `populations.${name}.mechanisms.${mechanism}.on`;
  const settings = new Map((flags.set ?? []).map(({ path: of, value }) => [of, value]));
  const isOn = (name: string) => settings.get(path(name)) ?? scene.populations[name].mechanisms[mechanism].on;
  const chosen = names.filter(
    (name) => (flags.population ?? name) === name && (flags.with === undefined ? isOn(name) : !isOn(name)),
  );
  if (chosen.length > 0) return chosen;
  throw new UserError(
    flags.with === undefined
      ? `${mechanism} is off in '${showText(scene.name)}'; compare --with ${mechanism} instead`
      : `${mechanism} is on in '${showText(scene.name)}'; compare --without ${mechanism} instead`,
  );
}

/** What genomes must carry so that twins with and without are alike in all else. */
function carriedSettings(scene: Scene, mechanism: string, flags: CompareFlags): Setting[] {
  if (flags.with === undefined || !habitatOf(scene).carriesForMechanisms) return [];
  const described = mechanismsOf(scene).get(mechanism);
  return Object.entries(scene.populations).flatMap(([name, { genome, mechanisms }]) => {
    const prefix = `populations.${name}.mechanisms.${mechanism}.`;
    const set = (flags.set ?? []).filter(({ path }) => path.startsWith(prefix));
    const chosen = Object.fromEntries(set.map(({ path, value }) => [path.slice(prefix.length), value]));
    const read = described ? traitsReadBy(described, { ...mechanisms[mechanism], ...chosen }).map(({ id }) => id) : [];
    const carries = [...new Set<string>([...genome.carries, ...read])];
    return carries.length > genome.carries.length ? [{ path: `populations.${name}.genome.carries`, value: carries }] : [];
  });
}

function chooseProbes(catalogue: Catalogue, text: string | undefined): readonly string[] | undefined {
  const known = catalogue.probes.map(({ id }) => id);
  const ids = text?.split(',').map((id) => id.trim());
  for (const id of ids ?? []) {
    if (!known.includes(id)) throw new UserError(`there is no probe '${showText(id)}'; ${suggest(id, known)}`);
  }
  return ids;
}

/** Writes `differences.parquet` and a figure for each measure. */
async function writeDifferences(io: Io, directory: string, differences: readonly Difference[], mechanism: string): Promise<void> {
  const byMeasure = new Map<Difference['measure'], Difference[]>();
  for (const one of differences) byMeasure.set(one.measure, [...(byMeasure.get(one.measure) ?? []), one]);
  const names = new NamesOfFolder();
  const figures = [...byMeasure].flatMap(([measure, points]): [string, string][] => {
    const told = { ...measure, title: `${measure.title}, with ${mechanism} minus without` };
    const svg = drawFigure(told, [{ index: 0, label: 'difference', points }], 1);
    return svg === undefined ? [] : [[`figures/${names.nameOf(`${measure.probe}-${measure.name}.svg`)}`, svg]];
  });
  const rows = differences.map(({ measure, tick, pairs, first, second, mean, low, high, deviation, p, holm }) => [
    ...[tick, measure.probe, measure.name, measure.unit],
    ...[pairs, first, second, mean, low, high, deviation, p, holm],
  ]);
  const table = parquetOf(differencesTable, rows);
  await writeResults(io, directory, { 'differences.parquet': table, ...Object.fromEntries(figures) }, sweepAdvice);
}
