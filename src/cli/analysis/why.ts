import { availableParallelism } from 'node:os';
import { InvalidArgumentError } from 'commander';
import { assayedGenomes } from '../../analysis/assay/assayed-genomes.ts';
import { CladeTracker } from '../../analysis/assay/clade-tracker.ts';
import type { LocusSegment } from '../../analysis/assay/locus-segments.ts';
import { planAssay, usualAssay } from '../../analysis/assay/plan-assay.ts';
import { assayedNames } from '../../analysis/assay/prepare-fork.ts';
import { averageSeeds, gradientOfForks } from '../../analysis/assay/summarise-assay.ts';
import { type ChanceDisplacement, ChanceWatch } from '../../analysis/rivals/chance-displacement.ts';
import { chooseRivals, fewestOfRival, type Rival, type RivalPair, rivalsOf } from '../../analysis/rivals/choose-rivals.ts';
import { rivalRates } from '../../analysis/rivals/rival-rates.ts';
import { type RivalDifference, rivalDifferences, worthOf } from '../../analysis/rivals/rival-worth.ts';
import { type SubcladeAccount, SubcladeWatch } from '../../analysis/rivals/subclade-watch.ts';
import { transplantContests, transplantSeed, transplantSegments, usualSegments } from '../../analysis/transplant/transplant.ts';
import { floatsNamed } from '../../ecs/table.ts';
import type { RivalContests, RivalsReport } from '../../experiment/describe-rivals.ts';
import { ratesTable, rivalContestsTable, rivalLociTable, worthTable } from '../../experiment/rivals-tables.ts';
import { FormatError } from '../../export/validate/format-error.ts';
import { hashBytes } from '../../math/hash.ts';
import { namedStream } from '../../math/streams.ts';
import { showText } from '../../parameter/show.ts';
import type { Population } from '../../population/population.ts';
import { rowsById } from '../../population/rows-by-id.ts';
import { LifeRecord } from '../../record/life-record.ts';
import type { Setting } from '../flags.ts';
import { mostTicks, outDirectory, plainText, wholeNumber } from '../flags.ts';
import { type Io, type StopSignal, stopStatus } from '../io.ts';
import { UserError } from '../user-error.ts';
import type { AnalysisCommand } from './analysis-command.ts';
import { chooseSegments } from './choose-segments.ts';
import { ForkFolder, identifyForks, writeForkResults } from './fork-shelf.ts';
import { gradientOptions } from './gradient-options.ts';
import { holdContests } from './hold-contests.ts';
import { checkInRun, findPopulation, type GivenWorld, openGivenWorld, worldArguments } from './open-assayed-world.ts';
import { inSharedMemory, performForks } from './perform-forks.ts';
import { describeRivals, whyFiles } from './why-files.ts';

/** Flags of `upslope why`; undefined where not given. */
export interface WhyFlags {
  readonly seed?: string;
  readonly set?: readonly Setting[];
  readonly population?: string;
  readonly from?: number;
  readonly to?: number;
  readonly age?: number;
  readonly winner?: number;
  readonly loser?: number;
  readonly species?: readonly [number, number];
  readonly least?: number;
  readonly forks?: number;
  readonly horizon?: number;
  readonly size?: number;
  readonly policySize?: number;
  readonly segments?: readonly string[];
  readonly pairs?: number;
  readonly contestTicks?: number;
  readonly jobs?: number;
  readonly out?: string;
}

const usual = {
  ticks: 2000,
  age: 2000,
  tick: 5000,
  least: fewestOfRival,
  forks: 40,
  pairs: 5,
  contestTicks: 1000,
  ...usualAssay,
};

/** What is asked: flags with their defaults. */
interface Asked {
  readonly population: string;
  readonly from: number;
  readonly to: number;
  readonly age: number;
  readonly least: number;
  readonly forks: number;
  readonly horizon: number;
  readonly size: number;
  readonly policySize: number;
  readonly pairs: number;
  readonly contestTicks: number;
  readonly seed: string;
}

/** `upslope why`: two clades or species of an interval side by side, what their difference is worth, and what contests say. Returns the exit status. */
export async function whyCommand(io: Io, given: string, flags: WhyFlags): Promise<number> {
  if (flags.species && (flags.winner !== undefined || flags.loser !== undefined))
    throw new UserError('--species is for species, --winner and --loser for clades; leave out one of them');
  // Clades begin before the interval; species need the record from the beginning.
  const start = (end: number) =>
    flags.species ? 0 : Math.max(0, (flags.from ?? Math.max(0, end - usual.ticks)) - (flags.age ?? usual.age));
  const world = openGivenWorld(io, given, flags, start, flags.from === undefined ? [] : ['from']);
  const { simulation } = world;
  try {
    const population = findPopulation(simulation, flags.population);
    const asked = ask(world, given, flags, population.name);
    const segments = chooseSegments(population, flags.segments);
    const folder = ForkFolder.of(io, flags);
    const report = await compare(io, world, population, segments, asked, flags, folder);
    if (typeof report === 'number') return report;
    const question = {
      given,
      set: flags.set ?? [],
      ...asked,
      segments: segments.map(({ name }) => name),
      kind: report.kind,
      winner: report.winner.id,
      loser: report.loser.id,
    };
    if (folder) await writeForkResults(folder, whyFiles(io, report, question));
    io.out(describeRivals(report));
    return 0;
  } finally {
    simulation.dispose();
  }
}

/** Flags with their defaults. @throws {UserError} for ticks that do not fit the world */
function ask(world: GivenWorld, given: string, flags: WhyFlags, population: string): Asked {
  const { simulation, kind, end, seed } = world;
  const age = flags.age ?? usual.age;
  const from =
    flags.from ??
    (kind === 'snapshot' ? simulation.tick + age : Math.max(age, Math.min(end - usual.ticks, kind === 'run' ? end : usual.tick)));
  if (from < simulation.tick + age)
    throw new UserError(`--from ${from} is less than --age ${age}; give a later tick or a smaller age`);
  if (kind === 'run' && from >= end)
    throw new UserError(
      `an interval from tick ${from} does not fit the run, which ends at tick ${end}; give a smaller --age or an earlier --from`,
    );
  const to = flags.to ?? (kind === 'run' ? Math.min(end, from + usual.ticks) : from + usual.ticks);
  if (flags.to !== undefined) checkInRun(world, given, 'to', to);
  if (to <= from) throw new UserError(`--to ${to} is not after tick ${from}, at which the interval begins; give a later tick`);
  return {
    ...{ population, from, to, age, seed },
    least: flags.least ?? usual.least,
    forks: flags.forks ?? usual.forks,
    horizon: flags.horizon ?? usual.horizon,
    size: flags.size ?? usual.size,
    policySize: flags.policySize ?? usual.policySize,
    pairs: flags.pairs ?? usual.pairs,
    contestTicks: flags.contestTicks ?? usual.contestTicks,
  };
}

/** The population at the opening: all that is needed of it later. */
interface Opening {
  readonly snapshot: ArrayBuffer;
  readonly ids: Float64Array;
  /** In the order of ids: loci, traits, whole genomes, and clade or species. */
  readonly values: Float64Array;
  readonly traits: Float64Array;
  readonly genomes: readonly Float32Array[];
  readonly labels: ArrayLike<number>;
}

/** Steps the world over the interval, makes the forks and holds the contests. @returns the report, or the exit status after a request to stop */
async function compare(
  io: Io,
  { simulation }: GivenWorld,
  population: Population,
  segments: readonly LocusSegment[],
  asked: Asked,
  flags: WhyFlags,
  folder: ForkFolder | undefined,
): Promise<RivalsReport | number> {
  const { from, to, age, least, seed } = asked;
  let signal: StopSignal | undefined;
  const deafen = io.onStop((one) => {
    signal ??= one;
  });
  try {
    const kind = flags.species ? 'species' : 'clade';
    const record = flags.species && new LifeRecord(simulation);
    if (record) simulation.observe(record);
    simulation.step(from - age - simulation.tick);
    const tracker = new CladeTracker(simulation, population);
    const forget = simulation.observe(tracker);
    simulation.step(from - simulation.tick);
    forget();
    if (population.count < 2)
      throw new UserError(
        `${population.count} of ${population.name} live at tick ${simulation.tick}; choose another tick or seed`,
      );
    const species = record && ((id: number) => record.individuals.speciesOf(record.individuals.rowOf(id)));
    const opening = openingOf(simulation.snapshot(), population, species ?? tracker);
    const watch = new SubcladeWatch(simulation, population);
    simulation.observe(watch);
    const chances = new ChanceWatch(simulation, population, seed);
    io.err(`why: ${population.name} from tick ${from} to ${to}, ${population.count} living, seed ${seed}\n`);
    simulation.step(to - simulation.tick);
    const account = watch.close(simulation);
    await io.breathe();
    if (signal) return stopped(io, signal, 'before the forks began');
    if (population.count === 0)
      throw new UserError(`${population.name} is extinct at tick ${simulation.tick}; give an earlier --to`);
    if (!(account.generations > 0))
      throw new UserError(
        `the mean generation of ${population.name} does not rise from tick ${from} to ${to}; give a later --to`,
      );
    const rivals = rivalsOf(kind, opening.labels, account.after).filter(({ before }) => before >= least);
    const wanted = wantedRivals(rivals, account, population, opening.labels, asked, flags);
    const totals = { before: account.ids.length, after: population.count };
    const places = chooseRivals(rivals, totals, wanted);
    if (!places)
      throw new UserError(
        `${rivals.length} ${kind === 'clade' ? `clades of ${age} ticks` : 'species'} of ${population.name} have ${least} organisms or more at tick ${from}, and two are needed; give another --from${kind === 'clade' ? ', a smaller --age' : ''} or a smaller --least`,
      );
    const pair = { winner: rivals[places[0]], loser: rivals[places[1]] };
    const chance = chances.close(rivals, population.count, places, wanted);
    const later = { values: assayedGenomes(population), members: account.members };
    const made = await forkOpening(io, opening.snapshot, totals.before, asked, flags, folder);
    if (typeof made === 'number') return made;
    const { gradients, gradient, error } = gradientOfForks(averageSeeds(made), population.ploidy);
    const loci = assayedNames(population);
    const valued = (differences: readonly RivalDifference[]) => ({
      loci: differences,
      worth: worthOf(differences, gradients, segments),
    });
    const own = Int32Array.from(account.ids, (_, k) => k);
    const contests = await contest(io, simulation.initialScene, population, pair, opening, asked, flags);
    if (typeof contests === 'number') return contests;
    return {
      ...reportOf(asked, kind, pair, account, chance),
      totals,
      rivals: rivals.length,
      chosen: wanted.winner === undefined || wanted.loser === undefined,
      rates: rivalRates(account, pair, namedStream(seed, 'why rates')),
      traits: rivalDifferences({ values: opening.traits, members: own }, pair, population.traits.length).map((one, t) => ({
        ...one,
        id: population.traits[t].id,
        unit: population.traits[t].unit,
      })),
      loci,
      gradient,
      gradientError: error,
      segments,
      opening: valued(rivalDifferences({ values: opening.values, members: own }, pair, loci.length)),
      close: pair.winner.after > 0 && pair.loser.after > 0 ? valued(rivalDifferences(later, pair, loci.length)) : undefined,
      contests,
    };
  } finally {
    deafen();
  }
}

const reportOf = (
  { population, from, to, age, forks, horizon }: Asked,
  kind: Rival['kind'],
  { winner, loser }: RivalPair,
  { generations, mated }: SubcladeAccount,
  chance: ChanceDisplacement,
) => ({
  ...{ population, kind, from, to, age, forks, horizon, winner, loser, generations, mated, chance },
  horizonGenerations: (horizon * generations) / (to - from),
});

function openingOf(snapshot: ArrayBuffer, population: Population, labels: CladeTracker | ((id: number) => number)): Opening {
  const { table, traits } = population;
  const rows = rowsById(population);
  const id = table.f64('id');
  const columns = traits.map((trait) => table.f32(floatsNamed(trait.id)));
  return {
    snapshot,
    ids: Float64Array.from(rows, (row) => id[row]),
    values: assayedGenomes(population),
    traits: Float64Array.from(
      { length: rows.length * columns.length },
      (_, at) => columns[at % columns.length][rows[Math.floor(at / columns.length)]],
    ),
    genomes: Array.from(rows, (row) => population.genomeOf(row)),
    labels: typeof labels === 'function' ? Float64Array.from(rows, (row) => labels(id[row])) : labels.clades(),
  };
}

/** Places of the rivals that flags name. @throws {UserError} for organisms or species that are not known, or too small clades */
function wantedRivals(
  rivals: readonly Rival[],
  { ids, members }: SubcladeAccount,
  population: Population,
  labels: ArrayLike<number>,
  { from, to, least }: Asked,
  flags: WhyFlags,
): { readonly winner?: number | undefined; readonly loser?: number | undefined } {
  const find = (label: number, what: string) => {
    const place = rivals.findIndex(({ id }) => id === label);
    if (place >= 0) return place;
    const size = Array.from(labels).filter((one) => one === label).length;
    throw new UserError(
      size === 0
        ? `${what} has no organism of ${population.name} at tick ${from}; give another one or another --from`
        : `${what} has ${size} organisms at tick ${from}, fewer than --least ${least}; give another one or a smaller --least`,
    );
  };
  if (flags.species) {
    const [winner, loser] = flags.species.map((one) => find(one, `species ${one}`));
    return { winner, loser };
  }
  const closed = Float64Array.from(rowsById(population), (row) => population.table.f64('id')[row]);
  const cladeOf = (flag: 'winner' | 'loser') => {
    const organism = flags[flag];
    if (organism === undefined) return undefined;
    const place = closed.indexOf(organism);
    const subclade = ids.includes(organism) ? ids.indexOf(organism) : place < 0 ? -1 : members[place];
    if (subclade < 0)
      throw new UserError(
        `--${flag} ${organism}: no organism of ${population.name} has this id and lives at tick ${from} or at tick ${to}; give one that does`,
      );
    return find(labels[subclade], `the clade of organism ${organism}`);
  };
  const [winner, loser] = [cladeOf('winner'), cladeOf('loser')];
  if (winner !== undefined && winner === loser)
    throw new UserError(
      `organisms ${flags.winner} and ${flags.loser} are of one clade; give organisms of two, or a smaller --age`,
    );
  return { winner, loser };
}

async function forkOpening(
  io: Io,
  snapshot: ArrayBuffer,
  count: number,
  { population, from, forks, horizon, size, policySize, seed }: Asked,
  flags: WhyFlags,
  folder: ForkFolder | undefined,
) {
  const plan = planAssay({ seed, forks, replays: 0 });
  const question = { population, ticks: horizon, size, policySize };
  const shared = inSharedMemory(new Uint8Array(snapshot));
  // Selection within clades is not asked for: all are one.
  const clades = new Uint32Array(new SharedArrayBuffer(4 * count));
  const tasks = plan.map((fork) => ({
    snapshot: shared,
    fork: { ...question, ...fork, seed: `${fork.seed} at ${from}`, clades },
  }));
  const shelf = folder?.shelf(identifyForks({ result: 'why', world: [...hashBytes(new Uint8Array(snapshot))], ...question }));
  const jobs = Math.min(plan.length, flags.jobs ?? availableParallelism());
  io.err(`why: ${plan.length} forks of ${horizon} ticks at tick ${from}, ${jobs} at a time\n`);
  const made = await performForks(io, 'why', tasks, jobs, shelf);
  if (!('stopped' in made)) return made.results;
  return stopped(
    io,
    made.stopped,
    `${made.done} of ${plan.length} forks${folder ? '; the same command continues' : ', which are lost without --out'}`,
  );
}

/** Contests between organisms of the opening, drawn at random from both rivals; undefined if none are wanted, or the exit status. */
async function contest(
  io: Io,
  scene: Parameters<typeof holdContests>[1]['scene'],
  population: Population,
  { winner, loser }: RivalPair,
  opening: Opening,
  { pairs: wanted, contestTicks, seed }: Asked,
  flags: WhyFlags,
): Promise<RivalContests | undefined | number> {
  const count = Math.min(wanted, winner.subclades.length, loser.subclades.length);
  if (count === 0) return undefined;
  const stream = namedStream(seed, 'why pairs');
  const draw = ({ subclades }: Rival) => {
    const left = [...subclades];
    return Array.from({ length: count }, () => left.splice(stream.integer(left.length), 1)[0]);
  };
  const [winners, losers] = [draw(winner), draw(loser)];
  const { layout, ploidy } = population;
  const slots = layout.loci.map(({ slot }) => slot);
  const shape = { ploidy, stride: layout.stride, slots };
  const segments = usualSegments(transplantSegments(layout, slots));
  const held = winners.flatMap((one, pair) =>
    transplantContests({ earlier: opening.genomes[losers[pair]], later: opening.genomes[one] }, segments, shape).map((each) => ({
      ...each,
      pair,
    })),
  );
  const outcomes = await holdContests(
    io,
    { scene, population: population.name, ticks: contestTicks, jobs: flags.jobs },
    held.map(({ pair, first, second }) => ({ seed: transplantSeed(seed, pair, 0), first, second })),
    `why: ${held.length} contests of ${contestTicks} ticks between ${count} pairs of organisms`,
  );
  if (typeof outcomes === 'number') return outcomes;
  return {
    ticks: contestTicks,
    pairs: winners.map((one, pair) => ({ winner: opening.ids[one], loser: opening.ids[losers[pair]] })),
    loci: slots.length,
    segments: segments.map(({ name, loci }) => ({ name, loci: loci.length })),
    outcomes: held.map(({ pair, segment, background }, k) => ({
      ...{ pair, replicate: 0, segment: segment?.name ?? '', background },
      ...outcomes[k],
    })),
  };
}

function stopped(io: Io, signal: StopSignal, done: string): number {
  io.err(`stopped after ${done}\n`);
  return stopStatus[signal];
}

/** Two numbers of species. */
function speciesPair(text: string): readonly [number, number] {
  const numbers = text.split(',').map(wholeNumber(0, 999_999_999));
  const [winner, loser] = numbers;
  if (numbers.length !== 2 || winner === loser)
    throw new InvalidArgumentError(`give two species, the winner first, as in 4,2, not '${showText(text)}'.`);
  return [winner, loser];
}

const organismId = wholeNumber(0, 999_999_999_999);

/** `upslope why`, with its flags. */
export const why: AnalysisCommand = {
  name: 'why',
  description:
    'why one clade or species took over from another: rates side by side, what their genomes differ by and what that is worth',
  ofWorlds: true,
  tables: [ratesTable, worthTable, rivalLociTable, rivalContestsTable],
  provenance: {
    format: 'provenance of a comparison of rivals',
    check({ seed, population, from, to, kind, winner, loser }, path) {
      if (typeof seed !== 'string') throw new FormatError(`${path}, seed`, 'is not a text');
      if (!Number.isInteger(from) || !Number.isInteger(to)) throw new FormatError(`${path}, from or to`, 'is not a whole number');
      if (typeof population !== 'string') throw new FormatError(`${path}, population`, 'is not a text');
      return `${population}, ${kind} ${winner} against ${loser}, ticks ${from} to ${to}, seed ${seed}`;
    },
  },
  describe: (command, io, done) =>
    gradientOptions(
      worldArguments(command, 'comparison')
        .option('--population <name>', 'name of the population (default: the first)', plainText)
        .option(
          '--from <tick>',
          'start of the interval (default: of a scene 5000, or 2000 before its end if that is earlier; of a run 2000 before its end)',
          wholeNumber(0, mostTicks),
        )
        .option('--to <tick>', 'its end (default: 2000 ticks later)', wholeNumber(1, mostTicks))
        .option('--age <ticks>', 'age of clades at the start (default: 2000)', wholeNumber(0, mostTicks))
        .option(
          '--winner <organism>',
          'an organism of the start or the end whose clade is the winner (default: the clade whose share rose most)',
          organismId,
        )
        .option('--loser <organism>', 'the same of the loser (default: the clade whose share fell most)', organismId)
        .option('--species <winner,loser>', 'two species of the start instead of clades', speciesPair)
        .option('--least <n>', 'fewest organisms of a clade or species at the start (default: 8)', wholeNumber(2, 1_000_000))
        .option('--forks <n>', 'perturbed forks at the start, in mirrored pairs (default: 40)', wholeNumber(4, 100_000)),
    )
      .option(
        '--pairs <n>',
        'pairs of organisms for contests in fresh worlds; 0 for none, five or more have intervals (default: 5)',
        wholeNumber(0, 1000),
      )
      .option('--contest-ticks <n>', 'ticks of a contest (default: 1000)', wholeNumber(1, mostTicks))
      .option('--jobs <n>', 'number of parallel threads (default: the number of cores)', wholeNumber(1, 1024))
      .option(
        '--out <directory>',
        'directory for tables, figures, reports and finished forks, from which the same command continues',
        outDirectory,
      )
      .action(async (world: string, flags: WhyFlags) => done(await whyCommand(io, world, flags))),
};
