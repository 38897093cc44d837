import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { worldThreads } from '../../../src/cli/world-threads.ts';
import { divisible, kernelBase64 } from '../../../src/kernel/generated/kernel.ts';
import type { ThreadHost } from '../../../src/kernel/threads/crew.ts';
import { mostArguments, words } from '../../../src/kernel/threads/run-thread.ts';
import { sharedModule } from '../../../src/kernel/threads/shared-module.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import type { Scene } from '../../../src/scene/schema.ts';
import { createSimulation, simulationFromSnapshot } from '../../../src/simulation/create.ts';
import type { Simulation } from '../../../src/simulation/types.ts';
import { changeWherePossible, everythingOn } from '../../fixtures/everything-on.ts';
import { Random } from '../../torture/random.ts';

const folder = new URL('../../../scenes/', import.meta.url);
const scenes = readdirSync(folder).map((file) => ({
  name: file.replace(/\.json$/, ''),
  scene: everythingOn(JSON.parse(readFileSync(new URL(file, folder), 'utf8')), file, 300),
}));
const meadow = scenes.find(({ name }) => name === 'meadow')?.scene as Scene;
const ticks = 24;

/** Threads that divide every kernel, in parts of random length; all of them are there before the first. */
function eager(count: number): ThreadHost {
  const random = new Random('threads', 'parts', count);
  const host = worldThreads(count);
  return {
    count,
    eager: true,
    part: (rows) => 64 * random.upTo(1 + Math.ceil(rows / 64)),
    start(given) {
      const state = new Int32Array(given.control, 0, given.wordBytes / 4);
      const before = Atomics.load(state, words.ready);
      host.start(given);
      while (Atomics.load(state, words.ready) === before) Atomics.wait(state, words.ready, before, 5);
    },
  };
}

/** What a world comes to, by its hash at every tick. */
function follow(scene: Scene, threads?: ThreadHost): string[] {
  const world = createSimulation(scene, '5', { threads });
  try {
    return Array.from({ length: ticks }, () => {
      world.step(1);
      return world.hash();
    });
  } finally {
    world.dispose();
  }
}

/** Compiled bytes of the kernels. */
const bytes = () => Uint8Array.from(atob(kernelBase64), (character) => character.charCodeAt(0));

describe('a world on several threads', () => {
  it.each(scenes.map((one, i) => ({ ...one, count: 2 + (i % 3) })))(
    'comes to the same as on one, with every mechanism on: $name on $count',
    ({ scene, count }) => expect(follow(scene, eager(count))).toEqual(follow(scene)),
  );

  // Lists of those that meet are long enough to be divided only where all do.
  it.each(['successful', 'elder', 'anyone'])(
    'and where all meet others and watch the %s, with mutations of gamma sizes',
    (model) => {
      const at = (path: string, value: unknown) => ({ path: `populations.foragers.mechanisms.${path}`, value });
      const meeting = changeWherePossible(meadow, [
        at('imitation.attention', 1),
        at('imitation.reach', 60),
        at('imitation.model', model),
        at('payoffs.encounters', 1),
        at('payoffs.reach', 60),
        at('mutation.effects', 'gamma'),
        at('mutation.upward', 0.3),
      ]);
      expect(meeting.populations.foragers.mechanisms).toMatchObject({
        imitation: { attention: 1, model },
        mutation: { upward: 0.3 },
      });
      expect(follow(meeting, eager(3))).toEqual(follow(meeting));
    },
  );

  it('does everything itself where threads are not there yet, or never come', () => {
    let asked = 0;
    const nowhere: ThreadHost = { count: 3, eager: true, start: () => asked++ };
    expect(follow(meadow, nowhere)).toEqual(follow(meadow));
    expect(asked).toBe(2);
  });

  it('starts none for little work', () => {
    let asked = 0;
    follow(meadow, { count: 3, start: () => asked++ });
    expect(asked).toBe(0);
  });

  it('goes through snapshots and forks', () => {
    const world = createSimulation(meadow, '5', { threads: eager(2) });
    world.step(10);
    const copies = [simulationFromSnapshot(world.snapshot(), undefined, { threads: eager(3) }), world.fork()];
    for (const one of [world, ...copies]) one.step(10);
    for (const one of copies) expect(one.hash()).toBe(world.hash());
    for (const one of [world, ...copies]) one.dispose();
  });

  it('grows its memory while threads are there', () => {
    const json = JSON.parse(readFileSync(new URL('meadow.json', folder), 'utf8'));
    const [alone, several] = [undefined, eager(2)].map((threads) =>
      createSimulation(parseScene(json, 'meadow'), '5', { threads }),
    );
    const before = several.bytes;
    for (const one of [alone, several]) one.step(150);
    expect(several.bytes).toBeGreaterThan(before);
    expect(several.hash()).toBe(alone.hash());
    for (const one of [alone, several]) one.dispose();
  });

  it('ends with an error where a thread fails, and is not continued', () => {
    const host = eager(2);
    // A thread that does not know the kernels fails in its first part.
    const failing: ThreadHost = { ...host, start: (given) => host.start({ ...given, kernels: [] }) };
    let world: Simulation | undefined;
    const live = () => {
      world = createSimulation(meadow, '5', { threads: failing });
      world.step(ticks);
    };
    expect(live).toThrow('a thread of this world failed');
    // It may fail while the founders are made; then there is no world.
    if (world) expect(() => world?.hash()).toThrow('a thread of this world failed');
    world?.dispose();
  });

  it('does without threads that cannot be started', () => {
    const forbidden: ThreadHost = {
      count: 3,
      eager: true,
      start() {
        throw new Error('no permission');
      },
    };
    expect(follow(meadow, forbidden)).toEqual(follow(meadow));
  });
});

describe('kernels that are divided', () => {
  it('fit into the memory that threads share', () => {
    const memory = new WebAssembly.Memory({ initial: 16 });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes()), { env: { memory } });
    for (const name of Object.keys(divisible)) {
      expect((exports[name] as () => void).length, name).toBeLessThanOrEqual(mostArguments);
    }
  });

  it('are the same code over a shared memory', () => {
    const module = new WebAssembly.Module(sharedModule(bytes()));
    const memory = new WebAssembly.Memory({ initial: 16, maximum: 65_536, shared: true });
    const names = WebAssembly.Module.exports(new WebAssembly.Module(bytes())).map(({ name }) => name);
    expect(Object.keys(new WebAssembly.Instance(module, { env: { memory } }).exports)).toEqual(names);
    expect(() => new WebAssembly.Instance(module, { env: { memory: new WebAssembly.Memory({ initial: 16 }) } })).toThrow();
  });

  it('are not made of a module that imports something else', () => {
    expect(() => sharedModule(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))).toThrow('the kernels import no memory');
    // One import, a function of type 0.
    const other = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 2, 7, 1, 1, 97, 1, 98, 0, 0);
    expect(() => sharedModule(other)).toThrow('the kernels import more than a memory');
  });
});
