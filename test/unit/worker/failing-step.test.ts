import { readFileSync } from 'node:fs';
import { afterAll, expect, test, vi } from 'vitest';

const failing = { on: false };
// Sessions that another test has loaded know no extension: this one is loaded anew.
vi.resetModules();
/** The page of this test has an extension: a probe that fails at tick 3, once that is wanted. */
vi.doMock('../../../src/worker/page-extension.ts', () => ({
  default: {
    name: 'test',
    version: '1',
    probes: [
      {
        id: 'failing',
        title: 'Failing',
        description: 'Fails at tick 3, for a test.',
        columns: [],
        start: () => ({
          columns: [],
          sample: () => [],
          afterTick({ tick }: { tick: number }) {
            if (failing.on && tick === 3) throw new Error('out of\norder');
          },
        }),
      },
    ],
  },
}));
const { Session } = await import('../../../src/worker/session.ts');
afterAll(() => {
  vi.doUnmock('../../../src/worker/page-extension.ts');
  vi.resetModules();
});

const meadow = JSON.parse(readFileSync(new URL('../../../scenes/meadow.json', import.meta.url), 'utf8'));
const small = { ...meadow, populations: { foragers: { ...meadow.populations.foragers, founders: 200 } } };
const request = { scene: small, file: 'meadow', seed: '7', changes: [] };

test('an error in a step pauses the world and is told in one line, to whoever waits for a tick or by the figures', async () => {
  failing.on = true;
  const line = 'The run stopped at tick 3: out of?order';
  const session = new Session();
  const figures = () => session.view.frame({ buffer: new ArrayBuffer(0), palette: 'age', shown: '' }).figures;
  session.run.load(request);
  await expect(session.transport.runTo(10, () => {})).rejects.toThrow(line);
  expect(figures()).toMatchObject({ tick: 3, playing: false, trouble: '' });
  session.run.load(request);
  session.transport.speed(0);
  session.transport.play();
  await expect.poll(() => figures().trouble).toBe(line);
  expect(figures()).toMatchObject({ tick: 3, playing: false });
  failing.on = false;
  session.transport.play();
  expect(figures().trouble).toBe('');
  expect(await session.transport.runTo(session.run.address().tick + 10, () => {})).toBe(true);
});
