import { expect, it } from 'vitest';
import { Query } from '../../../src/app/session/query.svelte.ts';
import { type WorldPage, WorldScope } from '../../../src/app/session/world-scope.svelte.ts';
import type { WorldText } from '../../../src/worker/describe-world.ts';

/** A worker whose answers come when the test lets them: requests in their order. */
function makeWorker() {
  const asked: { name: string; answer(value: unknown): void }[] = [];
  const topic = new Proxy({}, { get: (_, name: string) => () => new Promise((answer) => asked.push({ name, answer })) });
  const worker = new Proxy({}, { get: () => topic });
  return { worker, asked };
}

function makeWorld() {
  const { worker, asked } = makeWorker();
  const told: unknown[] = [];
  const said: string[] = [];
  const notices = {
    trouble: (error: unknown) => told.push(error),
    attempt: <T>(answer: Promise<T>) => answer,
    say: ({ text }: { text: string }) => said.push(text),
  };
  const page = {
    worker,
    view: undefined,
    down: false,
    notices,
    askSoon: () => {},
    lasting: <T>(make: new () => T) => new make(),
  };
  const world = new WorldScope(page as unknown as WorldPage, { source: { json: {}, file: 'test' } });
  return { world, asked, told, said };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

it('a query keeps the last answer, and drops the answer about a world that was left or gone back in', async () => {
  const { world, asked } = makeWorld();
  const taken: string[] = [];
  const query = new Query<string>(world, () => world.worker.run.hash(), { taken: (answer) => void taken.push(answer) });
  void query.ask();
  asked[0].answer('first');
  await settled();
  expect(query.value).toBe('first');
  void query.ask();
  world.goTo({} as WorldText, 3);
  asked.filter(({ name }) => name === 'hash')[1].answer('of the former time');
  await settled();
  expect(query.value).toBe('first');
  void query.ask();
  world.leave();
  asked.filter(({ name }) => name === 'hash')[2].answer('of the former world');
  await settled();
  expect(taken).toEqual(['first']);
});

it('a query asks again on its occasion alone, and no more when it has ended', () => {
  const { world, asked } = makeWorld();
  const prices = () => asked.filter(({ name }) => name === 'prices').length;
  const query = new Query(world, () => world.worker.analysis.prices(), { when: 'census' });
  const { figures } = world;
  world.showFigures({ ...figures, tick: 50 });
  expect(prices()).toBe(0);
  world.showFigures({ ...figures, tick: 100, censuses: 1 });
  world.showFigures({ ...figures, tick: 110, censuses: 1 });
  expect(prices()).toBe(1);
  query.end();
  world.showFigures({ ...figures, tick: 200, censuses: 2 });
  expect(prices()).toBe(1);
  world.leave();
});

it('tells why there is no answer only where that is wanted, and of the present world', async () => {
  const { world, told } = makeWorld();
  const fail = (text: string) => () => Promise.reject(new Error(text));
  await new Query(world, fail('quiet')).ask();
  await new Query(world, fail('told'), { tells: true }).ask();
  const late = new Query(world, fail('late'), { tells: true }).ask();
  world.leave();
  await late;
  expect(told.map(String)).toEqual(['Error: told']);
});

it('the state of an instrument is one for each world, and ends with it', () => {
  let ended = 0;
  class Compass {
    constructor(world: WorldScope) {
      world.onLeave(() => ended++);
    }
  }
  const { world } = makeWorld();
  const own = world.own(Compass);
  expect(world.own(Compass)).toBe(own);
  world.leave();
  expect(ended).toBe(1);
  const next = makeWorld().world;
  expect(next.own(Compass)).not.toBe(own);
  next.leave();
  expect(world.queries.size).toBe(0);
});

it('picks the line of an organism that died as it was picked, and then leaves it at that', async () => {
  const { world, asked, said } = makeWorld();
  const heirs = () => asked.filter(({ name }) => name === 'heir');
  const dead = { kin: { parents: [], offspring: [], siblings: [] }, end: {} } as never;
  world.pick({ population: 'foragers', id: 7 });
  world.showReport(dead);
  heirs()[0].answer({ id: 9, relation: 'offspring' });
  await settled();
  expect(world.picked).toMatchObject({ id: 9, instead: true });
  expect(said).toEqual(['7 died as it was picked. Instead the view shows its youngest offspring, 9.']);
  world.showReport(dead);
  expect(heirs()).toHaveLength(1);
});
