// The mechanism of parents that feed their young, and more those that are like them.

import { z } from 'zod';
import { genomeDistance, measureSlots } from '../genome/distance.ts';
import { exp } from '../math/elementary.ts';
import { parameter } from '../parameter/parameter.ts';
import type { PopulationWith } from '../population/capabilities.ts';
import type { NearList } from '../population/near-list.ts';
import type { Population } from '../population/population.ts';
import { traitReader } from '../population/trait-reader.ts';
import type { Trait } from '../population/traits.ts';
import { measureParameter } from './measure-parameter.ts';
import type { Mechanism, MechanismContext } from './mechanism.ts';

const parameters = z.strictObject({
  reach: parameter(z.number().min(0).max(256).default(6), {
    title: 'Reach',
    description: 'Greatest distance at which a parent feeds its offspring.',
    unit: 'lengths',
    live: true,
    step: 0.5,
  }),
  age: parameter(z.int().min(1).max(100_000).default(60), {
    title: 'Age of independence',
    description: 'Offspring are fed up to this age.',
    unit: 'ticks',
    live: true,
  }),
  keep: parameter(z.number().min(0).max(1).default(0.3), {
    title: 'Parent’s share',
    description: 'A parent gives only from the reserve above this share of its storage.',
    unit: 'of the storage',
    live: true,
    step: 0.05,
  }),
  share: parameter(z.number().min(0).max(1).default(0.05), {
    title: 'Given per tick',
    description: 'Share of that surplus, given to all its offspring in reach together.',
    unit: '1/tick',
    live: true,
    step: 0.01,
  }),
  measure: measureParameter,
  width: parameter(z.number().min(0.001).max(1000).default(0.5), {
    title: 'Width of likeness',
    description: 'Root mean square difference at which likeness has fallen from 1 to e^(-1/2).',
    unit: 'locus units',
    live: true,
    step: 0.05,
  }),
});

type Parameters = z.infer<typeof parameters>;

const near: NearList = { rows: new Int32Array(64) };
interface Fed {
  parent: number;
  child: number;
}

/** Rows of the organisms fed in this tick and of their parents; entries are reused. */
const fed: Fed[] = [];
const pool: Fed[] = [];
let weights = new Float64Array(64);

const preferenceTrait: Trait = {
  id: 'offspring.preference',
  title: 'Offspring preference',
  unit: '',
  description: 'How much it favours offspring that are like it (above 0) or unlike it (below 0).',
  minimum: -4,
  maximum: 4,
  founder: 0,
  deviation: 0.3,
  limits: [-20, 20],
};

/** A parent feeds its young, and favours similar ones as much as its genes say. */
export const offspringPreference: Mechanism<Parameters, 'energy'> = {
  id: 'offspring-preference',
  title: 'Offspring preference',
  group: 'life',
  summary: 'Parents feed their young, and give more to similar (or dissimilar) ones.',
  lookFor: 'Whether a preference for similar offspring evolves: it pays where dissimilar ones carry harmful mutations.',
  source: 'Trivers (1972), Parental investment and sexual selection; Clutton-Brock (1991), The Evolution of Parental Care.',
  needs: ['energy'],
  parameters,
  traits: [preferenceTrait],
  worksWithout: [preferenceTrait],
  actions: ['share'],
  duringLife(population, chosen, context) {
    gather(population, chosen, context);
    if (fed.length === 0) return;
    const slots = measureSlots(population.layout, chosen.measure);
    const preference = traitReader(population, preferenceTrait);
    for (let first = 0; first < fed.length; ) {
      let last = first + 1;
      while (last < fed.length && fed[last].parent === fed[first].parent) last++;
      feedFamily(population, chosen, slots, preference(fed[first].parent), first, last);
      first = last;
    }
  },
};

/** Finds young whose parent is near and willing: ordered by parent, and within a parent by the children's ids. */
function gather(population: Population, { reach, age }: Parameters, { tick, nearInto }: MechanismContext): void {
  const { table } = population;
  const [id, parent, birthTick] = [table.f64('id'), table.f64('parent'), table.i32('birthTick')];
  const willing = population.has('policy') ? population.table.find('share')?.values : undefined;
  fed.length = 0;
  for (let child = 0; child < table.count; child++) {
    if (tick - birthTick[child] > age || parent[child] < 0) continue;
    const found = nearInto(population, child, reach, near);
    for (let i = 0; i < found; i++) {
      const row = near.rows[i];
      if (id[row] !== parent[child]) continue;
      if (!willing || willing[row] === 1) {
        pool[fed.length] ??= { parent: 0, child: 0 };
        const entry = pool[fed.length];
        entry.parent = row;
        entry.child = child;
        fed.push(entry);
      }
      break;
    }
  }
  fed.sort((a, b) => id[a.parent] - id[b.parent] || id[a.child] - id[b.child]);
}

/** Shares out what one parent gives among entries `first` to `last - 1`: each child has one parent here, so none is paid twice. */
function feedFamily(
  population: PopulationWith<'energy'>,
  { keep, share, width }: Parameters,
  slots: Int32Array,
  preference: number,
  first: number,
  last: number,
): void {
  const { table, layout } = population;
  const [energy, storage, genome] = [table.f32('energy'), table.f32('storage'), table.f32('genome')];
  const { parent } = fed[first];
  const gift = share * (energy[parent] - keep * storage[parent]);
  if (!(gift > 0)) return;
  const scale = -1 / (2 * width * width * slots.length);
  if (weights.length < last - first) weights = new Float64Array(2 * (last - first));
  let sum = 0;
  for (let k = first; k < last; k++) {
    const at = fed[k].child * layout.stride;
    const likeness = exp(scale * genomeDistance(genome, parent * layout.stride, genome, at, slots));
    weights[k - first] = exp(preference * likeness);
    sum += weights[k - first];
  }
  let given = 0;
  for (let k = first; k < last; k++) {
    const { child } = fed[k];
    const before = energy[child];
    energy[child] = before + (gift * weights[k - first]) / sum;
    // The amount that arrived, as rounded: energy is neither made nor lost.
    given += energy[child] - before;
  }
  energy[parent] -= given;
}
