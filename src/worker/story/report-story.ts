import { floatsNamed } from '../../ecs/table.ts';
import { variance } from '../../math/statistics.ts';
import { epigeneticMarks } from '../../mechanisms/epigenetic-marks.ts';
import type { LifeRecord } from '../../record/life-record.ts';
import type { LivingRelative } from '../../record/living-relatives.ts';
import { possibleWriters } from '../../record/locus-traces.ts';
import type { Individual } from '../../record/types.ts';
import { catalogueOf } from '../../simulation/catalogue.ts';
import type { Change, Simulation } from '../../simulation/types.ts';
import { chooseSteps } from './choose-steps.ts';
import { policyChanges, type StorySpan } from './policy-changes.ts';
import type { Story, StoryStep } from './story.ts';
import { storyBodies } from './story-bodies.ts';
import { describeWay, ticksSinceDeath } from './story-way.ts';
import { switchesOf } from './switches-of.ts';
import { traceLine } from './traced-line.ts';

/** Most relatives that are listed. */
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
  const line = traceLine(record, layout, id);
  const { individuals, expressed } = line;
  const scales = Float64Array.from(traits, (trait, t) => {
    const spread = deviation(table.f32(floatsNamed(trait.id)).subarray(0, count));
    return spread > 0 ? spread : deviation(expressed.map((values) => values[t]));
  });
  const { mechanisms } = catalogueOf(world.scene);
  const wasOn = switchesOf(world, made, name);
  const titleOf = (mechanism: string) => mechanisms.get(mechanism)?.title ?? mechanism;
  const titlesOf = (ids: readonly string[], after: number, until: number) =>
    ids.filter((one) => wasOn(one, after, until)).map(titleOf);
  const ledger = record.ledgerOf(id);
  const isClonal = individuals.every(({ parents: known }) => known.length < 2);
  const context = {
    line,
    scales,
    // The ledger of a line of clones is of nothing but this line: a mechanism without an entry has not changed a trait in it.
    writers: possibleWriters(population, mechanisms).filter(
      (mechanism) => !isClonal || !ledger?.get(mechanism)?.every((value) => value === 0),
    ),
    transfers: mechanisms.all().flatMap(({ id: one, changesGenomes }) => (changesGenomes ? [one] : [])),
    titlesOf,
    tick: world.tick,
  };

  const chosen = chooseSteps(expressed.map((values, k) => (k === 0 ? 0 : distance(values, expressed[k - 1], scales))));
  const last = individuals.length - 1;
  // The story of a founder is what it received in its own life.
  const spans: readonly StorySpan[] =
    chosen.length > 1
      ? chosen.slice(1).map((to, place) => ({ from: chosen[place], to }))
      : individuals[last].transfers.length > 0
        ? [{ from: last, to: last }]
        : [];
  const policies = policyChanges(record, population, id, spans);
  const ways = new Map(spans.map(({ from, to }, place) => [to, describeWay(context, from, to, policies[place])]));
  const bodyOf = storyBodies(world, population);
  const sizeAt = traits.findIndex((trait) => trait.id === 'body.size');
  const steps = chosen.map((k): StoryStep => {
    const { id: one, birthTick, deathTick, cause, generation, species, offspring } = individuals[k];
    const values = k === last ? line.now : expressed[k];
    return {
      id: one,
      birthTick,
      sinceDeath: ticksSinceDeath(individuals[k], individuals[k - 1]),
      age: (deathTick ?? world.tick) - birthTick,
      cause: cause === null ? undefined : (deathCauses[cause] ?? 'unknown'),
      generation,
      species,
      offspring,
      traits: values,
      body: bodyOf?.(values),
      size: sizeAt < 0 ? 1 : values[sizeAt],
      way: ways.get(k),
    };
  });

  const [root] = individuals;
  const joined = individuals.filter(({ lineTick, birthTick }) => lineTick < birthTick);
  return {
    tick: world.tick,
    population: name,
    traits: traits.map(({ id: trait, title, unit }) => ({ id: trait, title, unit })),
    steps,
    line: {
      id: Float64Array.from(individuals, (one) => one.id),
      birthTick: Float64Array.from(individuals, ({ birthTick }) => birthTick),
      lineTick: Float64Array.from(individuals, ({ lineTick }) => lineTick),
    },
    kept: individuals.length,
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
    totals: totalsOf(ledger, traits.length, titleOf),
    relatives: relativesOf(record, own, count),
  };
}

/** Distance of two organisms by their traits, each in its scale; traits without one are left out. */
function distance(of: Float64Array, from: Float64Array, scales: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < scales.length; t++) {
    if (scales[t] > 0) sum += ((of[t] - from[t]) / scales[t]) * ((of[t] - from[t]) / scales[t]);
  }
  return Math.sqrt(sum);
}

const deviation = (values: ArrayLike<number>) => Math.sqrt(variance(values));

/** Changes since the founders by mechanism, trait by trait. */
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

/** @param living number of organisms of its population */
function relativesOf(record: LifeRecord, { id, species }: Individual, living: number): Story['relatives'] {
  const all = record.livingRelatives(id, true);
  const first = new Map(record.livingRelatives(id, false).map((one) => [one.id, one.up + one.down]));
  const births = ({ up, down }: LivingRelative) => up + down;
  return {
    nearest: all.slice(0, mostListed).map((one) => ({ ...one, alongFirst: first.get(one.id) ?? Number.NaN })),
    known: all.length,
    closest: all.filter((one) => births(one) === births(all[0])).length,
    sameSpecies: all.filter((one) => one.species === species).length,
    living,
  };
}
