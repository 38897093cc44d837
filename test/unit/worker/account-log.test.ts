import { expect, it } from 'vitest';
import { LifeRecord } from '../../../src/record/life-record.ts';
import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import { AccountLog, mostWindows } from '../../../src/worker/account-log.ts';

it('keeps the last windows of a run without end', () => {
  const scene = parseScene(
    {
      version: 1,
      name: 'tiny',
      title: 'Tiny',
      habitat: { kind: 'landscape', form: 'linear', dimensions: 1, model: 'wright-fisher' },
      record: { census: { every: 1 } },
      populations: { line: { founders: 2, mechanisms: { mutation: { on: true } } } },
    },
    'test',
  );
  const world = createSimulation(scene, '1');
  const record = new LifeRecord(world);
  const log = new AccountLog(world, record);
  world.observe(record);
  world.step(mostWindows + 50);
  const { prices, climbs } = log.keep();
  expect(prices.length).toBe(mostWindows);
  expect(climbs[0].windows.length).toBe(mostWindows);
  expect(prices[0].from).toBe(50);
  expect(prices.at(-1)?.to).toBe(mostWindows + 50);
  world.dispose();
});
