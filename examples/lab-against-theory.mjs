// A landscape whose gradient is known exactly: the step of the mean genome against Lande's (1979) G grad f, generation by
// generation, in a Wright-Fisher population on a bowl.
//
//     node lab-against-theory.mjs [generations] [organisms]
import { expectedResponse, labRows, meanGenome, StepMeter, timesCovariance, withLabWorld } from 'upslope';

const generations = Number(process.argv[2] ?? 200);
const size = Number(process.argv[3] ?? 1000);
const dimensions = 10;
const world = { form: 'bowl', model: 'wright-fisher', dimensions, size, sigma: 0.02, h: 0, start: 1 };

withLabWorld(world, '7', (simulation, population) => {
  const { landscape } = simulation.habitat;
  const { habitat } = simulation.scene;
  const meter = new StepMeter(landscape);
  meter.show(labRows(population));
  const gradient = new Float64Array(dimensions);
  let expected = 0;
  for (let generation = 0; generation < generations; generation++) {
    // What theory expects of the next step, from the genomes as they are.
    const rows = labRows(population);
    landscape.gradient(meanGenome(rows), 0, gradient);
    const response = timesCovariance(rows, gradient);
    const slope = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
    const variance = response.reduce((sum, value, l) => sum + value * gradient[l], 0);
    expected += expectedResponse({ habitat, sigma: world.sigma, slope, variance, size }) / generations;
    simulation.step(1);
    meter.show(labRows(population));
  }
  const { mean: measured, togetherCosine, togetherToResponse } = meter.finish();
  console.log(`step along the gradient: ${measured.along.toExponential(3)}, expected ${expected.toExponential(3)} locus units`);
  console.log(`ratio ${(measured.along / expected).toFixed(3)}`);
  console.log(
    `cosine of single steps to the gradient ${measured.cosine.toFixed(3)}, of all together ${togetherCosine.toFixed(3)}`,
  );
  console.log(`of all together to G grad f ${togetherToResponse.toFixed(3)}`);
});
