import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';

interface DriverCase {
  readonly transmission: number;
  readonly cost: number;
  readonly seed: string;
  readonly generations: number;
  readonly size: number;
}

/**
 * Diploids on flat ground that mate at random, with a driver at a marker: carried above the threshold. Founders' haplotypes vary by sqrt(2), as
 * their mean varies by 1: one in twenty is above 1.645 times that, one in five above 0.842 times.
 */
export function driverWorld(
  { transmission, cost, size, threshold }: Record<'transmission' | 'cost' | 'size' | 'threshold', number>,
  seed: string,
) {
  const scene = parseScene(
    {
      version: 1,
      name: 'driver',
      title: 'Driver',
      habitat: { kind: 'landscape', form: 'linear', dimensions: 1, forms: { linear: { slope: 0 } }, encounters: 1 },
      populations: {
        hosts: {
          founders: size,
          genome: { ploidy: 2, carries: ['marker.1'] },
          mechanisms: {
            'sexual-reproduction': { on: true },
            recombination: { on: true, chromosomes: 2 },
            'segregation-distortion': { on: true, transmission, cost, threshold },
          },
        },
      },
    },
    'test',
  );
  const simulation = createSimulation(scene, seed);
  const [population] = simulation.populations;
  const { slot } = population.layout.loci.find(({ name }) => name === 'marker.1') as { slot: number };
  return { simulation, population, slot };
}

/** Share of haplotypes that carry the driver, from one in twenty: the mean over the second half of the generations. */
export function driverShare({ transmission, cost, seed, generations, size }: DriverCase): number {
  const threshold = 2.3262;
  const { simulation, population, slot } = driverWorld({ transmission, cost, size, threshold }, seed);
  const share = () => {
    const { table, count, layout, haplotypes } = population;
    let drivers = 0;
    for (const name of haplotypes) {
      const loci = table.f32(name);
      for (let row = 0; row < count; row++) if (loci[row * layout.stride + slot] > threshold) drivers++;
    }
    return drivers / (2 * count);
  };
  const half = Math.floor(generations / 2);
  simulation.step(half);
  let sum = 0;
  for (let t = half; t < generations; t++) {
    simulation.step();
    sum += share();
  }
  simulation.dispose();
  return sum / (generations - half);
}
