import { parseScene } from '../src/scene/parse.ts';
import { createSimulation } from '../src/simulation/create.ts';
import { measure, report } from './measure.ts';

const organisms = 10_000;
const dimensions = 100;

/** Wright-Fisher on a separable bowl, as theory has it: one thread, without observers. */
function bowl(rate: number, transfer: number) {
  return parseScene(
    {
      version: 1,
      name: 'bowl',
      title: 'Bowl',
      habitat: { kind: 'landscape', form: 'bowl', dimensions },
      populations: {
        lineage: {
          founders: organisms,
          start: { mean: 1 },
          mechanisms: {
            mutation: { on: true, rate, deviation: 0.02 },
            transfer: { on: transfer > 0, kind: 'loci', rate: transfer },
          },
        },
      },
    },
    'bench',
  );
}

/** Individual-generations per second on a landscape, few and many mutations, without and with transfer. */
export function benchLandscape(): void {
  for (const [rate, transfer] of [
    [0.01, 0],
    [1, 0],
    [0.01, 0.1],
    [1, 0.1],
  ]) {
    const simulation = createSimulation(bowl(rate, transfer), '7');
    simulation.step(10);
    const ticks = 20;
    const time = measure(8, () => simulation.step(ticks));
    const name = `landscape, ${dimensions} loci, mutation ${rate}, transfer ${transfer}`;
    report(name, ticks * organisms, time, 'M individual-generations/s');
    const times = simulation.profile(() => performance.now());
    simulation.step(ticks);
    const spent = [...times].filter(([, ms]) => ms > 0.01).sort((a, b) => b[1] - a[1]);
    const ns = (ms: number) => ((ms * 1e6) / ticks / organisms).toFixed(0);
    console.log(`  ns each: ${spent.map(([system, ms]) => `${system} ${ns(ms)}`).join(', ')}`);
    simulation.dispose();
  }
}
