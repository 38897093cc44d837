import { floatsNamed } from '../../ecs/table.ts';
import { expressGenome } from '../../genome/express.ts';
import { epigeneticMarks } from '../../mechanisms/epigenetic-marks.ts';
import type { Population } from '../../population/population.ts';
import type { LifeRecord } from '../../record/life-record.ts';
import type { LivingRelative } from '../../record/living-relatives.ts';
import { possibleWriters } from '../../record/locus-traces.ts';
import type { Individual } from '../../record/types.ts';
import { catalogueOf } from '../../simulation/catalogue.ts';
import { onLandscape } from '../../simulation/kinds.ts';
import type { Change, Simulation } from '../../simulation/types.ts';
import { formShare, formsIn } from '../body-forms.ts';
import type { SpeciesBody } from '../species-bodies.ts';
import { traitRanges } from '../trait-range.ts';
import { eyesOf } from '../write-bodies.ts';
import { chooseSteps } from './choose-steps.ts';

/** Ways in which a trait changes along a line: by genes received within life, by which copies came from the parents, and by what was written at birth. */
export const storyCauses = ['transfer', 'parents', 'birth'] as const;
export type StoryCause = (typeof storyCauses)[number];

/** How much of a change of a trait each cause made, in units of the trait; causes that made none are missing. */
export type StoryParts = Readonly<Partial<Record<StoryCause, number>>>;

/** The change of a trait from one organism of a story to the next. */
export interface StoryChange {
  /** Place in the traits of the story. */
  readonly trait: number;
  readonly from: number;
  readonly to: number;
  readonly parts: StoryParts;
}

/** What led from the organism before to this one. */
export interface StoryWay {
  readonly births: number;
  /** Whether the record has joined ancestors between. */
  readonly joined: boolean;
  /** Traits that changed: the largest change, in standard deviations of the living, first. */
  readonly changes: readonly StoryChange[];
  /** Ids of second parents and of donors of genes. */
  readonly seconds: readonly number[];
  readonly donors: readonly number[];
  /** Titles of the mechanisms that were on meanwhile: those that may have written at birth, and those that transfer genes. */
  readonly writers: readonly string[];
  readonly transfers: readonly string[];
  /** False if a second parent's genome is not kept: what was written at birth in the loci that came from it counts as from the parents. */
  readonly exact: boolean;
}

/** An organism in a story. */
export interface StoryStep {
  readonly id: number;
  readonly birthTick: number;
  /** Age at death or now, ticks. */
  readonly age: number;
  /** How it died; undefined if it lives. */
  readonly cause: string | undefined;
  readonly generation: number;
  readonly species: number;
  readonly offspring: number;
  /** As born; of the organism that the story is about as it is now. */
  readonly traits: Float64Array;
  /** Its body, where organisms have one; relative size. */
  readonly body: SpeciesBody | undefined;
  readonly size: number;
  /** Undefined for the first, unless that is the organism itself and has received genes since its birth. */
  readonly way: StoryWay | undefined;
}

/** A living relative, and how many births away it is along first parents alone; NaN if they share none of these. */
export interface StoryRelative extends LivingRelative {
  readonly alongFirst: number;
}

/** The kept organisms of a line, the earliest first: ids, ticks of birth, and ticks at which the lines that they represent began. */
export interface StoryLine {
  readonly id: Float64Array;
  readonly birthTick: Float64Array;
  readonly lineTick: Float64Array;
}

/** How an organism came to be as it is. */
export interface Story {
  readonly tick: number;
  readonly population: string;
  readonly traits: readonly { readonly id: string; readonly title: string; readonly unit: string }[];
  /** The earliest ancestor first, the organism itself last. */
  readonly steps: readonly StoryStep[];
  readonly line: StoryLine;
  /** Organisms of the line in the record, and births along it. */
  readonly kept: number;
  readonly births: number;
  /** What the earliest ancestor is: a founder, introduced later, or only the first that the record has. */
  readonly beginning: 'founder' | 'introduced' | 'record';
  /** Before this tick the record has joined ancestors; -1 if it has joined none. */
  readonly joinedBefore: number;
  readonly ploidy: 1 | 2;
  /** Values of a whole genome. */
  readonly loci: number;
  /** Titles of the mechanisms that were on along the line and choose what gametes get. */
  readonly gametes: readonly string[];
  /** Whether learning was passed on by marks, of which the record keeps nothing. */
  readonly marks: boolean;
  /** Changes of each trait by mechanism since the founders, over all ancestors, by their shares; none of a dead organism. */
  readonly totals: readonly {
    readonly trait: number;
    readonly parts: readonly { readonly title: string; readonly amount: number }[];
  }[];
  readonly relatives: {
    /** The nearest ones. */
    readonly nearest: readonly StoryRelative[];
    /** Living organisms with a known common ancestor; those of them as near as the nearest; those of its species. */
    readonly known: number;
    readonly closest: number;
    readonly sameSpecies: number;
    readonly living: number;
  };
}

/** Most relatives, and most second parents and donors of a step, that are listed. */
const mostListed = 6;

/**
 * The story of an organism along its first parents. Undefined if it is not in the record. Reads only.
 * @param made changes of the run so far
 */
export function reportStory(world: Simulation, record: LifeRecord, made: readonly Change[], id: number): Story | undefined {
  const own = record.individual(id);
  if (!own) return undefined;
  const population = world.populations[own.population];
  const { layout, traits, table, count, ploidy, deathCauses, name } = population;
  const line: Individual[] = [];
  const expressed: Float64Array[] = [];
  const parts: Record<StoryCause, Float64Array>[] = [];
  const exact: boolean[] = [];
  record.visitLine(id, (individual, { born, first, gametes, exact: known }) => {
    const now = expressGenome(layout, born);
    const before = expressed.at(-1);
    const passed = first ? expressGenome(layout, first) : now;
    const given = gametes && gametes !== first ? expressGenome(layout, gametes) : passed;
    parts.push({
      transfer: passed.map((value, t) => value - (before ?? passed)[t]),
      parents: given.map((value, t) => value - passed[t]),
      birth: now.map((value, t) => value - (first ? given : now)[t]),
    });
    line.push(individual);
    expressed.push(now);
    exact.push(known);
  });
  const genome = record.genomeOf(id);
  const now = genome ? expressGenome(layout, genome) : expressed[expressed.length - 1];
  const scales = Float64Array.from(traits, (trait, t) => {
    const spread = deviation(table.f32(floatsNamed(trait.id)).subarray(0, count));
    return spread > 0 ? spread : deviation(expressed.map((values) => values[t]));
  });
  const sizeOf = (of: Float64Array, from: Float64Array) => {
    let sum = 0;
    for (let t = 0; t < scales.length; t++)
      if (scales[t] > 0) sum += ((of[t] - from[t]) / scales[t]) * ((of[t] - from[t]) / scales[t]);
    return Math.sqrt(sum);
  };
  const { mechanisms } = catalogueOf(world.scene);
  const wasOn = switchesOf(world, made, name);
  const titlesOf = (ids: readonly string[], after: number, until: number) =>
    ids.filter((one) => wasOn(one, after, until)).map((one) => mechanisms.get(one)?.title ?? one);
  const ledger = record.ledgerOf(id);
  const isClonal = line.every(({ parents: known }) => known.length < 2);
  // The ledger of a line of clones is of nothing but this line: a mechanism without an entry has not changed a trait in it.
  const writers = possibleWriters(population, mechanisms).filter(
    (mechanism) => !isClonal || !ledger?.get(mechanism)?.every((value) => value === 0),
  );
  const transfers = mechanisms.all().flatMap(({ id: one, changesGenomes }) => (changesGenomes ? [one] : []));
  const chosen = chooseSteps(expressed.map((values, k) => (k === 0 ? 0 : sizeOf(values, expressed[k - 1]))));
  const bodyOf = bodies(world, population);
  const sizeAt = traits.findIndex((trait) => trait.id === 'body.size');
  const steps = chosen.map((k, place): StoryStep => {
    const { id: one, birthTick, deathTick, cause, generation, species, offspring } = line[k];
    const isLast = k === line.length - 1;
    const values = isLast ? now : expressed[k];
    return {
      id: one,
      birthTick,
      age: (deathTick ?? world.tick) - birthTick,
      cause: cause === null ? undefined : (deathCauses[cause] ?? 'unknown'),
      generation,
      species,
      offspring,
      traits: values,
      body: bodyOf?.(values),
      size: sizeAt < 0 ? 1 : values[sizeAt],
      // The story of a founder is what it received in its own life.
      way:
        place > 0
          ? wayBetween(chosen[place - 1], k, isLast)
          : isLast && line[k].transfers.length > 0
            ? wayBetween(k, k, true)
            : undefined,
    };
  });

  function wayBetween(from: number, to: number, isLast: boolean): StoryWay {
    const sums = {
      transfer: new Float64Array(scales.length),
      parents: new Float64Array(scales.length),
      birth: new Float64Array(scales.length),
    };
    const [seconds, donors] = [new Set<number>(), new Set<number>()];
    for (let k = from + 1; k <= to; k++) {
      for (const cause of storyCauses) for (let t = 0; t < scales.length; t++) sums[cause][t] += parts[k][cause][t];
      if (line[k].parents.length > 1) seconds.add(line[k].parents[1]);
      for (const { tick, donor } of line[k - 1].transfers) if (tick <= line[k].birthTick) donors.add(donor);
    }
    // What the organism has received since its own birth.
    if (isLast) {
      for (let t = 0; t < scales.length; t++) sums.transfer[t] += now[t] - expressed[to][t];
      for (const { donor } of line[to].transfers) donors.add(donor);
    }
    const target = isLast ? now : expressed[to];
    const changes = traits.flatMap((_, t): StoryChange[] => {
      const own = storyCauses.flatMap((cause) => (sums[cause][t] !== 0 ? [[cause, sums[cause][t]] as const] : []));
      return own.length === 0 ? [] : [{ trait: t, from: expressed[from][t], to: target[t], parts: Object.fromEntries(own) }];
    });
    const weight = ({ trait, from: a, to: b }: StoryChange) => (scales[trait] > 0 ? Math.abs(b - a) / scales[trait] : 0);
    return {
      births: line[to].generation - line[from].generation,
      joined: line.slice(from + 1, to + 1).some(({ lineTick, birthTick }) => lineTick < birthTick),
      changes: changes.sort((a, b) => weight(b) - weight(a) || a.trait - b.trait),
      seconds: [...seconds],
      donors: [...donors],
      writers: titlesOf(writers, line[from].birthTick, line[to].birthTick),
      transfers: titlesOf(transfers, line[from].birthTick, isLast ? (line[to].deathTick ?? world.tick) : line[to].birthTick),
      exact: exact.slice(from + 1, to + 1).every(Boolean),
    };
  }

  const [root] = line;
  const joined = line.filter(({ lineTick, birthTick }) => lineTick < birthTick);
  const all = record.livingRelatives(id, true);
  const first = new Map(record.livingRelatives(id, false).map((one) => [one.id, one.up + one.down]));
  const births = ({ up, down }: LivingRelative) => up + down;
  return {
    tick: world.tick,
    population: name,
    traits: traits.map(({ id: trait, title, unit }) => ({ id: trait, title, unit })),
    steps,
    line: {
      id: Float64Array.from(line, (one) => one.id),
      birthTick: Float64Array.from(line, ({ birthTick }) => birthTick),
      lineTick: Float64Array.from(line, ({ lineTick }) => lineTick),
    },
    kept: line.length,
    births: own.generation - root.generation,
    beginning: root.id !== root.founder ? 'record' : root.birthTick > 0 ? 'introduced' : 'founder',
    joinedBefore: joined.reduce((latest, { birthTick }) => Math.max(latest, birthTick), -1),
    ploidy,
    loci: ploidy * layout.loci.length,
    gametes: titlesOf(
      mechanisms.all().flatMap(({ id: one, modifyGamete }) => (modifyGamete ? [one] : [])),
      root.birthTick,
      own.birthTick,
    ),
    marks: wasOn(epigeneticMarks.id, root.birthTick, own.deathTick ?? world.tick),
    totals: totalsOf(ledger, traits.length, (one) => mechanisms.get(one)?.title ?? one),
    relatives: {
      nearest: all.slice(0, mostListed).map((one) => ({ ...one, alongFirst: first.get(one.id) ?? Number.NaN })),
      known: all.length,
      closest: all.filter((one) => births(one) === births(all[0])).length,
      sameSpecies: all.filter(({ species }) => species === own.species).length,
      living: count,
    },
  };
}

/**
 * When mechanisms of a population were on.
 * @returns whether a mechanism was on in any step after a tick and until one. A change at a tick takes effect in the step that ends at the next tick
 */
function switchesOf(
  { initialScene, tick }: Simulation,
  made: readonly Change[],
  population: string,
): (mechanism: string, after: number, until: number) => boolean {
  const changes = [...initialScene.changes.filter(({ at }) => at <= tick), ...made].sort((a, b) => a.at - b.at);
  return (mechanism, after, until) => {
    if (until <= after) return false;
    const path = `populations.${population}.mechanisms.${mechanism}.on`;
    let isOn = initialScene.populations[population]?.mechanisms[mechanism]?.on === true;
    for (const change of changes) {
      if (change.path !== path || change.at >= until) continue;
      if (change.at > after && isOn) return true;
      isOn = change.value === true;
    }
    return isOn;
  };
}

function totalsOf(
  ledger: ReadonlyMap<string, Float64Array> | undefined,
  traits: number,
  titleOf: (mechanism: string) => string,
): Story['totals'] {
  if (!ledger) return [];
  return Array.from({ length: traits }, (_, trait) => ({
    trait,
    parts: [...ledger].flatMap(([mechanism, changes]) =>
      changes[trait] !== 0 ? [{ title: titleOf(mechanism), amount: changes[trait] }] : [],
    ),
  })).filter(({ parts }) => parts.length > 0);
}

/** Well-fed bodies of a population by their traits; undefined on landscapes, where organisms have none. */
function bodies(world: Simulation, population: Population): ((traits: Float64Array) => SpeciesBody) | undefined {
  if (onLandscape(world)) return undefined;
  const forms = formsIn(world.scene.view ?? {}, () => traitRanges(population));
  const places = forms.map((form) => [form, population.traits.findIndex(({ id }) => id === form.trait)] as const);
  const jaw = population.table.find(floatsNamed('bite')) ? 1 : 0;
  const eyes = eyesOf(population);
  return (traits) => ({
    speed: 0,
    diet: 0,
    display: 0,
    marker: 0,
    ...Object.fromEntries(places.map(([form, at]) => [form.column, at < 0 ? 0 : formShare(traits[at], form)])),
    speckles: 0,
    drivers: 0,
    learned: 0,
    eyes,
    population: population.index,
    jaw,
    reserve: 1,
  });
}

function deviation(values: ArrayLike<number>): number {
  let mean = 0;
  for (let k = 0; k < values.length; k++) mean += values[k] / values.length;
  let square = 0;
  for (let k = 0; k < values.length; k++) square += (values[k] - mean) * (values[k] - mean);
  return values.length > 0 ? Math.sqrt(square / values.length) : 0;
}
