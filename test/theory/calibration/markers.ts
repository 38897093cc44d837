// Neutral markers in real meadows: values that nothing reads, handed down with small changes. Their expected selection is 0.
import json from '../../../scenes/meadow.json';
import { lociBetween } from '../../../src/analysis/price/loci-of-censuses.ts';
import { type PriceAccount, priceOfWindow } from '../../../src/analysis/price/price-of-window.ts';
import { consecutiveTerms, sumOfWindows, type WindowTerms, windowTerms } from '../../../src/analysis/price/sum-of-windows.ts';
import { namedStream } from '../../../src/math/streams.ts';
import { studentQuantile } from '../../../src/math/student.ts';
import { LifeRecord } from '../../../src/record/life-record.ts';
import type { Census } from '../../../src/record/types.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { applyChanges } from '../../../src/scene/set-path.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { all, type Calibration, type Outcome, within } from './row.ts';

const [markers, side, every, windows] = [20, 192, 1000, 6];

/** Windows from the third census on, each with the accounts of all markers: before it families are not deeper than clades. */
function accountsOf(index: number, sexual: boolean): PriceAccount[][] {
  const settings = {
    'habitat.width': side,
    'habitat.height': side,
    'populations.foragers.founders': Math.round(3000 * (side / 768) ** 2),
    'record.census.every': every,
    ...(sexual ? { 'populations.foragers.mechanisms.sexual-reproduction.on': true } : {}),
  };
  const changes = Object.entries(settings).map(([path, value]) => ({ path, value }));
  const simulation = createSimulation(applyChanges(parseScene(json, 'meadow'), changes, { atStart: true }), `markers ${index}`);
  const [population] = simulation.populations;
  const stream = namedStream(String(index), 'markers');
  const values = new Map<number, Float64Array>();
  const found = () => Float64Array.from({ length: markers }, () => stream.normal());
  for (const id of population.table.f64('id').subarray(0, population.count)) values.set(id, found());
  const at = new Map<number, ReadonlyMap<number, Float64Array>>();
  const record = new LifeRecord(simulation);
  simulation.observe({
    afterTick(now) {
      const born = now.births(population);
      for (let k = 0; k < born.count; k++) {
        const first = values.get(born.parent[k]) as Float64Array;
        const second = values.get(born.mate[k]) ?? first;
        values.set(
          born.id[k],
          first.map((value, m) => (value + second[m]) / 2 + 0.3 * stream.normal()),
        );
      }
      if (now.tick % every > 0) return;
      const living = new Set(population.table.f64('id').subarray(0, population.count));
      for (const id of [...values.keys()]) if (!living.has(id)) values.delete(id);
      at.set(now.tick, new Map(values));
    },
  });
  const accounts: PriceAccount[][] = [];
  const columnOf = ({ tick, id }: Census, m: number) => Float64Array.from(id, (one) => at.get(tick)?.get(one)?.[m] as number);
  simulation.observe(record);
  record.onCensus((opened) => {
    const closed = record.lastCensus[0];
    if (!opened.descendants || opened.tick < 2 * every || opened.count === 0 || closed.count === 0) return;
    const { descendants, clade: clades, elder: families } = opened;
    accounts.push(
      Array.from({ length: markers }, (_, m) =>
        priceOfWindow({ before: columnOf(opened, m), after: columnOf(closed, m), descendants, clades, families, ledgers: [] }),
      ),
    );
  });
  simulation.step((windows + 2) * every);
  simulation.dispose();
  return accounts;
}

const known = new Map<string, readonly PriceAccount[][]>();

/** Rows of one world share it. */
function worldOf(index: number, sexual: boolean): readonly PriceAccount[][] {
  const name = `${index} ${sexual}`;
  const accounts = known.get(name) ?? accountsOf(index, sexual);
  known.set(name, accounts);
  return accounts;
}

type Part = 'selection' | 'between' | 'within';

/** Empty where nothing is known of the error, and nothing is printed. */
function holds({ between, within: inside, errors }: WindowTerms, part: Part): boolean[] {
  if (!(errors[part] > 0)) return [];
  const half = errors[part] * studentQuantile(0.975, errors.freedom);
  return [within(-half, { selection: between + inside, between, within: inside }[part], half)];
}

const row = (name: string, sexual: boolean, outcome: (accounts: readonly PriceAccount[][]) => Outcome): Calibration => ({
  name: `${name}, ${sexual ? 'sexual' : 'asexual'}`,
  world: `${markers} neutral markers in meadows of some 600, ${windows} windows of ${every} ticks`,
  trials: { few: 2, many: 400 },
  trial: (index) => outcome(worldOf(index, sexual)),
});

const parts = (part: Part, sexual: boolean) =>
  row(part === 'selection' ? 'selection' : `selection ${part} clades`, sexual, (accounts) =>
    all(accounts.flat().flatMap((account) => holds(windowTerms(account), part))),
  );

const sums = (part: Part, sexual: boolean) =>
  row(`${part === 'selection' ? 'selection' : `selection ${part} clades`} over windows`, sexual, (accounts) =>
    all(
      Array.from({ length: markers }, (_, m) =>
        holds(sumOfWindows(consecutiveTerms(accounts.map((one) => one[m]))), part),
      ).flat(),
    ),
  );

export const selection = [false, true].flatMap((sexual) => [
  parts('selection', sexual),
  parts('between', sexual),
  parts('within', sexual),
  sums('selection', sexual),
  sums('between', sexual),
  sums('within', sexual),
]);

const lociMarkers = ['marker.1', 'marker.2', 'marker.3'];

/** Accounts by copies of the loci of the three markers, by the record's own way; from the third census on. */
function locusAccountsOf(index: number, ploidy: 1 | 2): PriceAccount[][] {
  const foragers = 'populations.foragers';
  const settings = {
    'habitat.width': side,
    'habitat.height': side,
    [`${foragers}.founders`]: Math.round(3000 * (side / 768) ** 2),
    [`${foragers}.genome.ploidy`]: ploidy,
    [`${foragers}.mechanisms.sexual-reproduction.on`]: true,
    [`${foragers}.mechanisms.recombination.on`]: true,
    'record.census.every': every,
  };
  const changes = Object.entries(settings).map(([path, value]) => ({ path, value }));
  const simulation = createSimulation(applyChanges(parseScene(json, 'meadow'), changes, { atStart: true }), `copies ${index}`);
  const [population] = simulation.populations;
  const places = lociMarkers.map((marker) => population.traits.findIndex(({ id }) => id === marker));
  const record = new LifeRecord(simulation);
  simulation.observe(record);
  const accounts: PriceAccount[][] = [];
  record.onCensus((opened) => {
    const closed = record.lastCensus[0];
    if (!opened.descendants || opened.tick < 2 * every || opened.count === 0 || closed.count === 0) return;
    accounts.push(places.flatMap((t) => lociBetween(opened, closed, population.traits.length)?.account(t) ?? []));
  });
  simulation.step((windows + 2) * every);
  simulation.dispose();
  return accounts;
}

const knownLoci = new Map<string, readonly PriceAccount[][]>();

/** Selection on the neutral markers of a meadow, by copies of their loci: in each window, and in sums of windows. */
export const selectionOfLoci = ([1, 2] as const).flatMap((ploidy) =>
  (['selection', 'between', 'within'] as const).flatMap((part) =>
    ([false, true] as const).map(
      (summed): Calibration => ({
        name: `selection${part === 'selection' ? '' : ` ${part} clades`}${summed ? ' over windows' : ''} by copies, ${ploidy === 1 ? 'haploid' : 'diploid'}`,
        // Some four in ten of these small worlds die out before the third census, and give no interval.
        world: `3 neutral marker loci in sexual meadows of some 600, ${windows} windows of ${every} ticks`,
        trials: { few: 5, many: 400 },
        trial(index) {
          const name = `${index} ${ploidy}`;
          const accounts = knownLoci.get(name) ?? locusAccountsOf(index, ploidy);
          knownLoci.set(name, accounts);
          if (!summed) return all(accounts.flat().flatMap((account) => holds(windowTerms(account), part)));
          if (accounts.length < 2) return all([]);
          return all(lociMarkers.flatMap((_, m) => holds(sumOfWindows(consecutiveTerms(accounts.map((one) => one[m]))), part)));
        },
      }),
    ),
  ),
);
