import { describe, expect, it } from 'vitest';
import { type ComponentKind, defineComponent, makeWorld, type SystemSpec } from '../../../src/ecs/world.ts';

const Name: ComponentKind<{ name: string }> = defineComponent('test name');
const Mark: ComponentKind<number> = defineComponent('test mark');

/** Schedule that writes down whom each system met. */
function schedule(log: string[]): SystemSpec<number>[] {
  const system = (name: string, components: readonly ComponentKind<unknown>[]): SystemSpec<number> => ({
    name,
    components,
    run: (entities, context) => {
      for (const entity of entities) log.push(`${name} ${context}: ${entity.get(Name).name}`);
    },
  });
  return [system('all', [Name]), system('marked', [Name, Mark])];
}

describe('makeWorld', () => {
  it('runs systems in the order of the schedule over the entities that have their components', () => {
    const log: string[] = [];
    const world = makeWorld(schedule(log), 7);
    const [a, b] = ['a', 'b'].map((name) => world.createEntity(name));
    a.add(Name, { name: 'a' });
    b.add(Name, { name: 'b' });
    b.add(Mark, 1);
    world.execute();
    expect(log).toEqual(['all 7: a', 'all 7: b', 'marked 7: b']);
  });

  it('follows components that are added and removed, also many times', () => {
    const log: string[] = [];
    const world = makeWorld(schedule(log), 0);
    const entity = world.createEntity('e');
    entity.add(Name, { name: 'e' });
    for (let round = 0; round < 50; round++) {
      log.length = 0;
      entity.add(Mark, round);
      expect(entity.get(Mark)).toBe(round);
      world.execute();
      expect(log).toEqual(['all 0: e', 'marked 0: e']);
      entity.remove(Mark);
      entity.remove(Mark);
      expect(entity.has(Mark)).toBe(false);
      log.length = 0;
      world.execute();
      expect(log).toEqual(['all 0: e']);
    }
    expect(() => entity.get(Mark)).toThrow("entity has no component 'test mark'");
  });

  it('a component may be exchanged between two runs, and its value is the new one', () => {
    const seen: number[] = [];
    const world = makeWorld([{ name: 'read', components: [Mark], run: ([e]) => void seen.push(e.get(Mark)) }], 0);
    const entity = world.createEntity('e');
    entity.add(Mark, 1);
    world.execute();
    entity.remove(Mark);
    entity.add(Mark, 2);
    world.execute();
    expect(seen).toEqual([1, 2]);
  });

  it('two worlds live side by side, and a component declared between them works in the later one', () => {
    const log: string[] = [];
    const first = makeWorld(schedule(log), 1);
    const one = first.createEntity('one');
    one.add(Name, { name: 'one' });
    const Late: ComponentKind<string> = defineComponent('test late');
    const late: SystemSpec<number> = {
      name: 'late',
      components: [Name, Late],
      run: ([entity]) => void log.push(`late: ${entity.get(Late)}`),
    };
    const second = makeWorld([...schedule(log), late], 2);
    const two = second.createEntity('two');
    two.add(Name, { name: 'two' });
    two.add(Late, 'here');
    expect(one.has(Late)).toBe(false);
    one.add(Mark, 1);
    first.execute();
    second.execute();
    expect(log).toEqual(['all 1: one', 'marked 1: one', 'all 2: two', 'late: here']);
    const third = makeWorld([late], 3);
    third.execute();
    expect(log).toHaveLength(4);
  });

  it('measures with the clock it is given, and not without', () => {
    let now = 0;
    const times: [string, number][] = [];
    const world = makeWorld([{ name: 'slow', components: [Name], run: () => void (now += 5) }], 0);
    world.createEntity('e').add(Name, { name: 'e' });
    world.execute();
    world.measure(
      () => now,
      (system, time) => times.push([system, time]),
    );
    world.execute();
    world.measure(undefined, () => times.push(['never', 0]));
    world.execute();
    expect(times).toEqual([['slow', 5]]);
  });
});
