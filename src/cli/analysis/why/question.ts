import { usualAssay } from '../../../analysis/assay/plan-assay.ts';
import { fewestOfRival } from '../../../analysis/rivals/choose-rivals.ts';
import type { Setting } from '../../setting-flags.ts';
import { UserError } from '../../user-error.ts';
import { checkInRun, type GivenWorld } from '../open-assayed-world.ts';

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
export interface Asked {
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

/** The tick from which the world has to be followed. @param end last tick of the run, if it is one */
export function firstTick({ species, from, age }: WhyFlags, end: number): number {
  // Clades begin before the interval; species need the record from the beginning.
  return species ? 0 : Math.max(0, (from ?? Math.max(0, end - usual.ticks)) - (age ?? usual.age));
}

/** Flags with their defaults. @throws {UserError} for ticks that do not fit the world */
export function ask(world: GivenWorld, given: string, flags: WhyFlags, population: string): Asked {
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
