import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LifeRecord } from '../../../src/record/life-record.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import type { Simulation } from '../../../src/simulation/types.ts';
import { frameColumns, frameStride } from '../../../src/worker/frame-layout.ts';
import { Session } from '../../../src/worker/session.ts';
import { chooseSteps, mostShown } from '../../../src/worker/story/choose-steps.ts';
import { reportStory } from '../../../src/worker/story/report-story.ts';
import { type Story, storyCauses } from '../../../src/worker/story/story.ts';
import '../dispose-worlds.ts';

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../../scenes/${name}.json`, import.meta.url), 'utf8'));
const meadow = read('meadow');
const { foragers } = meadow.populations;

/** A small meadow. */
const small = (mechanisms: object = {}, record: object = {}) => ({
  ...meadow,
  habitat: { ...meadow.habitat, width: 160, height: 160 },
  record,
  populations: { foragers: { ...foragers, founders: 150, mechanisms: { ...foragers.mechanisms, ...mechanisms } } },
});

/** A world with its record. */
function lived(scene: object, ticks: number): { world: Simulation; record: LifeRecord; ids: readonly number[] } {
  const world = createSimulation(parseScene(scene, 'story'), '7');
  const record = new LifeRecord(world);
  world.observe(record);
  world.step(ticks);
  const [{ table, count }] = world.populations;
  return { world, record, ids: [...table.f64('id').slice(0, count).sort()] };
}

/** Every few of the living, with their stories. */
const storiesOf = ({ world, record, ids }: ReturnType<typeof lived>): Story[] =>
  ids.filter((_, k) => k % 7 === 0).map((id) => reportStory(world, record, [], id) as Story);

/** The changes of all steps of a story, by trait and cause; checks that each is the difference of its ends. */
function sumsOf({ steps, traits }: Story): Record<string, number>[] {
  const sums = traits.map((): Record<string, number> => ({}));
  for (const [k, { way, traits: values }] of steps.entries()) {
    const known = new Set(way?.changes.map(({ trait }) => trait));
    for (let t = 0; k > 0 && t < values.length; t++) if (!known.has(t)) expect(values[t]).toBe(steps[k - 1].traits[t]);
    for (const { trait, from, to, parts } of way?.changes ?? []) {
      if (k > 0) expect(from).toBe(steps[k - 1].traits[trait]);
      expect(to).toBe(values[trait]);
      for (const cause of storyCauses) sums[trait][cause] = (sums[trait][cause] ?? 0) + (parts[cause] ?? 0);
    }
  }
  for (const [t, own] of sums.entries()) {
    const change =
      steps[steps.length - 1].traits[t] - (steps[0].way?.changes.find(({ trait }) => trait === t)?.from ?? steps[0].traits[t]);
    expect(Math.abs(Object.values(own).reduce((sum, value) => sum + value, 0) - change)).toBeLessThan(1e-6);
  }
  return sums;
}

/** Sizes of the moves of the policy's parts between the steps of a story, from whole genomes. */
function naivePolicy({ world, record }: ReturnType<typeof lived>, { steps }: Story): Record<string, number>[] {
  const id = steps.at(-1)?.id as number;
  const born = new Map<number, number[]>();
  const [{ layout, table, count }] = world.populations;
  const weights = layout.loci.filter(({ segment }) => segment === 'policy.weights');
  const expressed = (genome: Float32Array) =>
    weights.map(({ slot }) => (genome.length > layout.stride ? (genome[slot] + genome[layout.stride + slot]) / 2 : genome[slot]));
  record.visitLine(id, (one, origin) => void born.set(one.id, expressed(origin.born)));
  const living = Array.from({ length: count }, (_, row) =>
    expressed(table.f32('genome').subarray(row * layout.stride, (row + 1) * layout.stride)),
  );
  const spread = weights.map((_, w) => {
    const values = living.map((one) => one[w]);
    const middle = values.reduce((sum, value) => sum + value, 0) / count;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / count);
  });
  const parts = new Map<string, number[]>();
  for (const [w, { name }] of weights.entries()) {
    const to = name.split('>')[1];
    const part = /^h\d+$/.test(to) ? 'policy: to hidden units' : `policy: to ${to}`;
    if (spread[w] > 0) parts.set(part, [...(parts.get(part) ?? []), w]);
  }
  return steps.slice(1).map((step, k) => {
    const before = born.get(steps[k].id) as number[];
    const after = step.id === id ? expressed(record.genomeOf(id) as Float32Array) : (born.get(step.id) as number[]);
    return Object.fromEntries(
      [...parts].map(([part, own]) => [
        part,
        Math.sqrt(own.reduce((sum, w) => sum + ((after[w] - before[w]) / spread[w]) ** 2, 0) / own.length),
      ]),
    );
  });
}

describe('what moved in the policy', () => {
  it.each([
    ['clones', {}],
    ['clones with transfer', { transfer: { on: true, rate: 0.02 } }],
    ['two parents', { 'sexual-reproduction': { on: true }, recombination: { on: true } }],
  ])('is the difference of whole genomes, part by part: %s', (name, mechanisms) => {
    const one = lived(small(mechanisms), 500);
    const causes = new Set<string>();
    let moved = 0;
    for (const story of storiesOf(one).slice(0, 12)) {
      const naive = naivePolicy(one, story);
      for (const [k, { way }] of story.steps.slice(1).entries()) {
        const known = new Map(way?.policy.map(({ segment, size }) => [segment, size]));
        for (const [part, size] of Object.entries(naive[k])) {
          expect(Math.abs((known.get(part) ?? 0) - size), part).toBeLessThan(1e-6 * Math.max(1, size));
          if (size > 0) moved++;
        }
        for (const { size, parts } of way?.policy ?? []) {
          const own = Object.entries(parts);
          for (const [cause] of own) causes.add(cause);
          // Sizes are lengths: the whole is at most their sum, and equal to it where there is one cause.
          const sum = own.reduce((total, [, amount]) => total + amount, 0);
          expect(size).toBeLessThanOrEqual(sum * (1 + 1e-9));
          if (own.length === 1) expect(size).toBeCloseTo(sum, 9);
        }
        const sizes = way?.policy.map(({ size }) => size) ?? [];
        expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
      }
    }
    expect(moved).toBeGreaterThan(10);
    expect([...causes].sort()).toEqual(
      { clones: ['birth'], 'clones with transfer': ['birth', 'transfer'], 'two parents': ['birth', 'parents'] }[name],
    );
  });
});

describe('the story of an organism', () => {
  it('of clones with transfer adds up to the ledger of each mechanism', () => {
    const one = lived(small({ transfer: { on: true, rate: 0.02 } }, { census: { every: 100 } }), 700);
    const stories = storiesOf(one);
    let [transferred, donors, steps] = [0, 0, 0];
    for (const story of stories) {
      const sums = sumsOf(story);
      expect(story.steps[0].id).toBe(one.record.individual(story.steps.at(-1)?.id as number)?.founder);
      expect([story.beginning, story.joinedBefore]).toEqual(['founder', -1]);
      for (const { way } of story.steps.slice(1)) {
        expect(way?.writers).toEqual(sums.some(({ birth = 0 }) => birth !== 0) ? ['Mutation'] : []);
        expect(way?.transfers).toEqual(['Horizontal transfer']);
      }
      expect(story.births).toBe(story.kept - 1);
      expect(story.steps.length).toBeLessThanOrEqual(mostShown);
      const ledger = one.record.ledgerOf(story.steps.at(-1)?.id as number) as ReadonlyMap<string, Float64Array>;
      for (const [t, own] of sums.entries()) {
        expect(Math.abs((own.transfer ?? 0) - (ledger.get('transfer') as Float64Array)[t])).toBeLessThan(1e-6);
        expect(Math.abs((own.birth ?? 0) - (ledger.get('mutation') as Float64Array)[t])).toBeLessThan(1e-6);
        expect(own.parents ?? 0).toBe(0);
        if (Math.abs(own.transfer ?? 0) > 1e-3) transferred++;
        const total = story.totals.find(({ trait }) => trait === t)?.parts.reduce((sum, { amount }) => sum + amount, 0) ?? 0;
        expect(Math.abs(total - (own.transfer ?? 0) - (own.birth ?? 0))).toBeLessThan(1e-6);
      }
      donors += story.steps.flatMap(({ way }) => way?.donors ?? []).length;
      steps += story.steps.length;
    }
    expect(Math.min(transferred, donors, steps - 2 * stories.length)).toBeGreaterThan(5);
  });

  it('of two parents names the second ones, separates what came from them, and says where their genomes are gone', () => {
    const scene = read('islands');
    const founders = { islanders: undefined, ...scene.populations };
    const [name] = Object.keys(scene.populations);
    const own = { ...founders[name], founders: 150 };
    const one = lived(
      { ...scene, record: { pedigree: { window: 200 }, census: { every: 50 } }, populations: { [name]: own } },
      700,
    );
    let [seconds, fromParents, exact, inexact] = [0, 0, 0, 0];
    for (const story of storiesOf(one)) {
      const sums = sumsOf(story);
      for (const { parents = 0 } of sums) if (Math.abs(parents) > 1e-3) fromParents++;
      for (const { way } of story.steps) {
        seconds += way?.seconds.length ?? 0;
        if (way) way.exact ? exact++ : inexact++;
      }
      expect(story.gametes).toEqual(['Sexual reproduction', 'Recombination']);
    }
    expect(Math.min(seconds, fromParents, exact, inexact)).toBeGreaterThan(5);
  });

  it('of joined lines says before which tick, counts births, and loses no change', () => {
    const looks = { census: { every: 100 }, species: { every: 100 } };
    const whole = lived(small({}, looks), 1800);
    const joined = lived(small({}, { ...looks, pedigree: { join: 40 } }), 1800);
    let found = 0;
    for (const story of storiesOf(joined)) {
      const last = story.steps.at(-1)?.id as number;
      const full = reportStory(whole.world, whole.record, [], last) as Story;
      expect(story.births).toBe(full.births);
      expect(story.relatives).toEqual(full.relatives);
      const [short, long] = [sumsOf(story), sumsOf(full)];
      for (let t = 0; t < short.length; t++) expect(Math.abs((short[t].birth ?? 0) - (long[t].birth ?? 0))).toBeLessThan(1e-6);
      if (story.kept === full.kept) continue;
      found++;
      expect(story.joinedBefore).toBeGreaterThan(0);
      expect(story.steps.some(({ way }) => way?.joined)).toBe(true);
    }
    expect(found).toBeGreaterThan(5);
  });

  it('names only mechanisms that were on, and says that marks leave no trace', () => {
    const two = lived(read('selfish-genes'), 40);
    const bred = storiesOf(two).find(({ steps }) => steps.some(({ way }) => way && way.seconds.length > 0));
    expect([bred?.steps.at(-1)?.way?.writers, bred?.ploidy, bred?.marks]).toEqual([['Transposons', 'Mutation'], 2, false]);
    // Gradient steps were on and have written into no genome of these lines.
    for (const story of storiesOf(lived(read('marks'), 20)))
      expect([story.steps[1].way?.writers, story.marks, story.steps[0].body]).toEqual([['Mutation'], true, undefined]);
  });

  it('names in each step only mechanisms that were on in it', () => {
    const at = 60;
    const world = createSimulation(parseScene(read('selfish-genes'), 'story'), '7');
    const record = new LifeRecord(world);
    world.observe(record);
    const [population] = world.populations;
    const { name, table } = population;
    world.schedule(at, `populations.${name}.mechanisms.transposons.on`, false);
    world.step(2 * at);
    let [before, across, after] = [0, 0, 0];
    const ids = table.f64('id').slice(0, population.count);
    for (const id of ids.filter((_, k) => k % 3 === 0)) {
      const { steps } = reportStory(world, record, world.changes, id) as Story;
      for (const [k, { way, birthTick }] of steps.entries()) {
        if (!way || k === 0) continue;
        const from = steps[k - 1].birthTick;
        expect(way.writers).toEqual(from < at ? ['Transposons', 'Mutation'] : ['Mutation']);
        if (birthTick <= at) before++;
        else if (from < at) across++;
        else after++;
      }
    }
    expect(Math.min(before, across, after)).toBeGreaterThan(1);
  });

  it('of an organism that the record does not have is not there', () => {
    const { world, record } = lived(small(), 10);
    expect(reportStory(world, record, [], 1e9)).toBe(undefined);
  });
});

describe('the organisms that a story shows', () => {
  it('are both ends and those at which most changed', () => {
    expect(chooseSteps([])).toEqual([]);
    expect(chooseSteps([0])).toEqual([0]);
    expect(chooseSteps([0, 3])).toEqual([0, 1]);
    expect(chooseSteps([0, 1, 5, 0, 2, 5, 1], 4)).toEqual([0, 2, 5, 6]);
    expect(chooseSteps([0, 1, 1, 1, 1], 3)).toEqual([0, 1, 4]);
    expect(chooseSteps([0, 0, 0, 0], 4)).toEqual([0, 3]);
  });
});

describe('on the page', () => {
  const request = { scene: small({ transfer: { on: true, rate: 0.02 } }), file: 'meadow', seed: '7', changes: [] };

  it('a story leaves the world alone, and the revived ancestor has its genome bit for bit, also in a replay', async () => {
    const session = new Session();
    session.run.load(request);
    session.transport.step(500);
    const plain = session.run.hash();
    const { world, record, ids } = lived(request.scene, 500);
    expect(world.hash()).toBe(plain);
    const id = ids.find((one) => record.lineOf(one).length > 3) as number;
    const story = (await session.record.story(id)) as Story;
    expect(session.run.hash()).toBe(plain);
    expect(story.steps.map((step) => step.id)).toEqual(reportStory(world, record, [], id)?.steps.map((step) => step.id));
    const ancestor = story.steps[1].id;
    const loci = session.record.bornGenome(ancestor) as number[];
    const { x, y } = session.organisms.pick('foragers', id).organism as { x: number; y: number };
    session.parameters.set('acts.place', { population: 'foragers', x, y, spread: 2, count: 1, genome: { loci } });
    const revived = session.organisms.placedAt('foragers', 500);
    expect(session.record.bornGenome(revived)?.every((value, l) => Object.is(value, loci[l]))).toBe(true);
    const born: number[] = [];
    record.visitLine(ancestor, ({ id: one }, origin) => {
      if (one === ancestor) born.push(...origin.born);
    });
    const [{ layout }] = world.populations;
    expect(loci.every((value, l) => Object.is(value, born[layout.loci[l].slot]))).toBe(true);
    // Both are highlighted, and no other.
    const highlight = { kind: 'organisms', ids: [id, revived] } as const;
    const { buffer, capacity, count } = session.view.frame({
      buffer: new ArrayBuffer(0),
      palette: 'lineage',
      shown: '',
      highlight,
    });
    const seen = new Float64Array(buffer, capacity * frameStride * 4, count);
    const floats = new Float32Array(buffer);
    const lit = frameColumns.indexOf('lit');
    expect([...seen].filter((_, k) => floats[k * frameStride + lit] === 1).sort((a, b) => a - b)).toEqual([id, revived]);
    expect((await session.record.story(revived))?.beginning).toBe('introduced');
    session.transport.step(100);
    const hash = session.run.hash();
    expect(hash).not.toBe(plain);
    const { text } = await session.run.writeLink('');
    const { changes } = await session.run.readLink(text);
    session.run.load({ ...request, changes });
    session.transport.step(600);
    expect(session.run.hash()).toBe(hash);
  });
});
