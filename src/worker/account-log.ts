import { ClimbLog } from '../analysis/climb/climb-log.ts';
import type { ClimbWindow } from '../analysis/climb/climb-of-window.ts';
import { lociBetween } from '../analysis/price/loci-of-censuses.ts';
import { priceOfCensuses } from '../analysis/price/price-of-censuses.ts';
import { expression } from '../analysis/price/price-of-loci.ts';
import { immigration } from '../analysis/price/price-of-window.ts';
import { commonWith, type FamilyLuck, selectionParts } from '../analysis/price/selection-errors.ts';
import { copyChannels } from '../population/copy-counts.ts';
import type { LifeRecord } from '../record/life-record.ts';
import type { Census } from '../record/types.ts';
import type { Simulation } from '../simulation/types.ts';

/** Price's equation of all traits of a population between two censuses. */
export interface PriceWindowTerms {
  /** Index of the population. */
  readonly population: number;
  readonly from: number;
  readonly to: number;
  readonly ancestors: number;
  readonly living: number;
  /** For each trait: change, selection between and within clades, what each mechanism changed, what introduced organisms changed. */
  readonly terms: Float64Array;
  /** For each trait the standard errors of selection and of its parts between and within clades; absent from runs of earlier versions. */
  readonly errors?: Float64Array;
  /** Degrees of freedom of these errors; absent from runs of earlier versions. */
  readonly freedom?: number;
  /** For each trait the correlations of these errors with those of the window before; absent if there is none, and from runs of earlier versions. */
  readonly common?: Float64Array;
  /** The same by copies of the loci that the traits read; absent if they were not followed. */
  readonly loci?: LocusTerms;
}

/** Price's equation by copies of loci of all traits of a population between two censuses. */
export interface LocusTerms {
  /** For each trait: change, selection between and within clades, selection by each channel, what each writer changed, expression, what introduced organisms changed. */
  readonly terms: Float64Array;
  /** For each trait the standard errors of selection and of its parts between and within clades. */
  readonly errors: Float64Array;
  /** For each trait. */
  readonly freedom: Float64Array;
  readonly common?: Float64Array;
}

/** What the families of the last window of a population did, which the next one needs: for each trait, in both accounts. */
export interface LastWindow {
  /** Tick at which it closed. */
  readonly to: number;
  readonly organisms: readonly FamilyLuck[];
  readonly loci: readonly FamilyLuck[];
}

/** Numbers of a trait before those of the mechanisms. */
export const fixedTerms = 3;

/** Numbers of a trait in an account by copies of loci, for this number of mechanisms that write values. */
export const locusTermCount = (writers: number): number => fixedTerms + copyChannels.length + writers + 2;

/** What is kept of the windows between censuses. */
export interface Accounts {
  readonly prices: readonly PriceWindowTerms[];
  /** For each population; absent from runs of earlier versions. */
  readonly last?: readonly LastWindow[];
  /** For each population. */
  readonly climbs: readonly { readonly windows: readonly ClimbWindow[]; readonly scale: Float64Array }[];
}

/** Windows of a population that are kept: about 8 kB each, and more than a panel can draw. So runs of any length need no more memory than this. */
export const mostWindows = 4000;

/** Keeps the accounts of the last windows between two censuses; the censuses themselves are dropped. */
export class AccountLog {
  private readonly prices: PriceWindowTerms[];
  private readonly last: LastWindow[];
  private readonly climbs: readonly ClimbLog[];
  /** Number of windows that were closed since this log was made, also of those without an account, and of the accounts that it was made with. */
  closed: number;

  constructor(world: Simulation, record: LifeRecord, saved?: Accounts) {
    this.prices = [...(saved?.prices ?? [])];
    this.last = [...(saved?.last ?? world.populations.map((): LastWindow => ({ to: -1, organisms: [], loci: [] })))];
    this.closed = this.prices.length;
    this.climbs = world.populations.map(
      ({ name, traits }, p) => new ClimbLog(name, traits.length, world.seed, saved?.climbs[p], mostWindows),
    );
    record.onCensus((opened) => {
      this.closed += 1;
      const closed = record.lastCensus.find(({ population, tick }) => population === opened.population && tick > opened.tick);
      if (!opened.descendants || !closed || opened.count === 0 || closed.count === 0) return;
      const { traits } = world.populations[opened.population];
      // The last one stays 0 if no organism was introduced.
      const width = fixedTerms + opened.mechanisms.length + 1;
      const terms = new Float64Array(traits.length * width);
      const standardErrors = new Float64Array(3 * traits.length);
      const organisms: FamilyLuck[] = [];
      let freedom = 1;
      for (let t = 0; t < traits.length; t++) {
        const { change, levels, errors, byMechanism } = priceOfCensuses(opened, closed, t, traits.length);
        terms.set([change, levels.between, levels.within, ...byMechanism.map(({ value }) => value)], t * width);
        standardErrors.set([errors.selection, errors.between, errors.within], 3 * t);
        freedom = errors.freedom;
        organisms.push(errors.families);
      }
      const { population, tick: from, count: ancestors } = opened;
      const former = this.last[population].to === from ? this.last[population] : undefined;
      const common = commonTerms(former?.organisms, organisms);
      const loci = locusTerms(opened, closed, traits.length, former?.loci);
      this.last[population] = { to: closed.tick, organisms, loci: loci?.families ?? [] };
      const window = {
        population,
        from,
        to: closed.tick,
        ancestors,
        living: closed.count,
        terms,
        errors: standardErrors,
        freedom,
        ...(common ? { common } : {}),
      };
      this.prices.push(loci ? { ...window, loci: loci.terms } : window);
      if (this.prices.length > mostWindows * world.populations.length) this.prices.shift();
      this.climbs[population].add(opened, closed);
    });
  }

  /** The current accounts. */
  keep(): Accounts {
    return {
      prices: [...this.prices],
      last: [...this.last],
      climbs: this.climbs.map(({ windows, scale }) => ({ windows: [...windows], scale })),
    };
  }
}

/** Correlations of the errors of all traits with those of the window before; undefined if there is none. */
function commonTerms(former: readonly FamilyLuck[] | undefined, own: readonly FamilyLuck[]): Float64Array | undefined {
  if (former?.length !== own.length) return undefined;
  return Float64Array.from(
    own.flatMap((luck, t) => {
      const common = commonWith(former[t], luck);
      return selectionParts.map((part) => common[part]);
    }),
  );
}

function locusTerms(
  opened: Census,
  closed: Census,
  traits: number,
  former: readonly FamilyLuck[] | undefined,
): { readonly terms: LocusTerms; readonly families: readonly FamilyLuck[] } | undefined {
  const window = lociBetween(opened, closed, traits);
  if (!window) return undefined;
  const writers = opened.locus?.writers ?? [];
  const width = locusTermCount(writers.length);
  const terms = new Float64Array(traits * width);
  const errors = new Float64Array(3 * traits);
  const freedom = new Float64Array(traits);
  const families: FamilyLuck[] = [];
  for (let t = 0; t < traits; t++) {
    const account = window.account(t);
    const made = (mechanism: string) => account.byMechanism.find((one) => one.mechanism === mechanism)?.value ?? 0;
    const channels = account.byChannel.map(({ value }) => value);
    const { levels } = account;
    terms.set(
      [account.change, levels.between, levels.within, ...channels, ...[...writers, expression, immigration].map(made)],
      t * width,
    );
    errors.set([account.errors.selection, account.errors.between, account.errors.within], 3 * t);
    freedom[t] = account.errors.freedom;
    families.push(account.errors.families);
  }
  const common = commonTerms(former, families);
  return { terms: { terms, errors, freedom, ...(common ? { common } : {}) }, families };
}
