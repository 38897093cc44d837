import { checkRecord, recordedWorldOf } from '../../record/check-record.ts';
import {
  expectAscending,
  expectColumn,
  expectList,
  expectNumber,
  expectObject,
  expectWhole,
  expectWithin,
  ShapeError,
} from '../../record/expect-shape.ts';
import { unpack } from '../../record/pack.ts';
import { onLandscape } from '../../simulation/kinds.ts';
import type { Simulation } from '../../simulation/types.ts';
import { fixedTerms, locusTermCount } from '../account-log.ts';
import type { KeptRun } from '../live-run.ts';

/**
 * Checks what is kept beside a world against the world itself, so that the run can be restored, viewed and continued.
 * @throws {ShapeError} for the first thing that does not fit
 */
export function checkKept(kept: KeptRun, world: Simulation): void {
  const { populations, tick } = world;
  expectWhole(kept.tick, 'kept.tick', tick, tick);
  const traits = populations[0].traits.length;
  const mechanisms = populations[0].ledgers.length;
  const writers = populations[0].writers.length;
  checkRecord(unpack(kept.record), recordedWorldOf(world));
  const { bucketTicks, buckets, values } = expectObject(kept.series, 'kept.series');
  expectWhole(bucketTicks, 'kept.series.bucketTicks', 1);
  expectWhole(buckets, 'kept.series.buckets', 0, Math.floor(tick / (bucketTicks as number)) + 1);
  expectColumn(values, 'kept.series.values', 'Float64Array');
  if (onLandscape(world)) checkPath(kept.path, world.populations[0].dimensions, tick);
  else if (kept.path !== undefined) throw new ShapeError('kept.path', 'is for landscapes only');
  const { prices, last, climbs } = expectObject(kept.accounts, 'kept.accounts');
  for (const [i, one] of expectList(prices, 'kept.accounts.prices').entries()) {
    const where = `kept.accounts.prices[${i}]`;
    const window = expectWindow(one, where, tick);
    expectWhole(window.population, `${where}.population`, 0, populations.length - 1);
    expectColumn(window.terms, `${where}.terms`, 'Float64Array', traits * (fixedTerms + mechanisms + 1));
    if (window.errors !== undefined) expectColumn(window.errors, `${where}.errors`, 'Float64Array', 3 * traits);
    if (window.common !== undefined) expectColumn(window.common, `${where}.common`, 'Float64Array', 3 * traits);
    if (window.loci !== undefined) {
      const loci = expectObject(window.loci, `${where}.loci`);
      expectColumn(loci.terms, `${where}.loci.terms`, 'Float64Array', traits * locusTermCount(writers));
      expectColumn(loci.errors, `${where}.loci.errors`, 'Float64Array', 3 * traits);
      expectColumn(loci.freedom, `${where}.loci.freedom`, 'Float64Array', traits);
      if (loci.common !== undefined) expectColumn(loci.common, `${where}.loci.common`, 'Float64Array', 3 * traits);
    }
  }
  if (last !== undefined) {
    for (const [p, one] of expectList(last, 'kept.accounts.last', populations.length).entries()) {
      checkLastWindow(one, `kept.accounts.last[${p}]`, traits, tick);
    }
  }
  for (const [p, one] of expectList(climbs, 'kept.accounts.climbs', populations.length).entries()) {
    checkClimb(one, `kept.accounts.climbs[${p}]`, traits, tick);
  }
}

/** What the families of the last window did, of each trait or not kept. */
function checkLastWindow(value: unknown, where: string, traits: number, tick: number): void {
  const window = expectObject(value, where);
  expectWhole(window.to, `${where}.to`, -1, tick);
  for (const account of ['organisms', 'loci'] as const) {
    const lucks = expectList(window[account], `${where}.${account}`);
    if (lucks.length > 0 && lucks.length !== traits)
      throw new ShapeError(`${where}.${account}`, `must have ${traits} entries or none`);
    for (const [t, one] of lucks.entries()) {
      const luck = expectObject(one, `${where}.${account}[${t}]`);
      const column = (name: string, length?: number) =>
        expectColumn(luck[name], `${where}.${account}[${t}].${name}`, 'Float64Array', length).length;
      column('influences', 3 * column('names'));
      column('families', column('clades'));
    }
  }
}

/** A stretch between two censuses. */
function expectWindow(value: unknown, where: string, tick: number): Readonly<Record<string, unknown>> {
  const window = expectObject(value, where);
  const from = expectWhole(window.from, `${where}.from`, 0, tick);
  expectWhole(window.to, `${where}.to`, from, tick);
  expectWhole(window.ancestors, `${where}.ancestors`);
  expectWhole(window.living, `${where}.living`);
  return window;
}

function checkPath(state: unknown, dimensions: number, tick: number): void {
  const { spacing, ticks, points } = expectObject(state, 'kept.path');
  expectWhole(spacing, 'kept.path.spacing', 1);
  const at = expectColumn(ticks, 'kept.path.ticks', 'Float64Array');
  expectWithin(at, 'kept.path.ticks', 0, tick);
  expectAscending(at, 'kept.path.ticks', true);
  expectColumn(points, 'kept.path.points', 'Float32Array', at.length * dimensions);
}

function checkClimb(state: unknown, where: string, traits: number, tick: number): void {
  const { windows, scale } = expectObject(state, where);
  const scales = expectColumn(scale, `${where}.scale`, 'Float64Array');
  if (scales.length > 0) expectColumn(scales, `${where}.scale`, 'Float64Array', traits);
  const width = scales.filter((one) => one > 0).length;
  for (const [i, one] of expectList(windows, `${where}.windows`).entries()) {
    const at = `${where}.windows[${i}]`;
    const window = expectWindow(one, at, tick);
    const none = expectColumn(window.gradient, `${at}.gradient`, 'Float64Array').length === 0;
    const length = none ? 0 : width;
    expectColumn(window.gradient, `${at}.gradient`, 'Float64Array', length);
    for (const response of expectList(window.responses, `${at}.responses`, 2)) {
      expectColumn(response, `${at}.responses`, 'Float64Array', length);
    }
    expectStep(window.selection, `${at}.selection`);
    for (const step of expectList(window.steps, `${at}.steps`)) {
      const { species, step: made } = expectObject(step, `${at}.steps`);
      if (species !== undefined) expectWhole(species, `${at}.steps.species`);
      expectStep(made, `${at}.steps.step`);
    }
    expectColumn(window.displacement, `${at}.displacement`, 'Float64Array', width);
    for (const name of ['throughG', 'additiveVariance', 'growth']) expectNumber(window[name], `${at}.${name}`);
    for (const name of ['before', 'after']) {
      const points = expectList(window[name], `${at}.${name}`);
      if (points.length === 0) throw new ShapeError(`${at}.${name}`, 'is empty');
      for (const point of points) {
        const { species, count, mean } = expectObject(point, `${at}.${name}`);
        if (species !== undefined) expectWhole(species, `${at}.${name}.species`);
        expectWhole(count, `${at}.${name}.count`);
        expectColumn(mean, `${at}.${name}.mean`, 'Float64Array', width);
      }
    }
  }
}

function expectStep(value: unknown, where: string): void {
  const step = expectObject(value, where);
  for (const name of ['along', 'across', 'cosine', 'gain', 'percentile', 'low', 'high'])
    expectNumber(step[name], `${where}.${name}`);
}
