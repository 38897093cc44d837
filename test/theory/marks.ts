import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';
import type { LandscapeSimulation } from '../../src/simulation/kinds.ts';

const [radius, width] = [2, 1];
/** Share of the way to the optimum that is learned in a life. */
const learned = 0.5;

interface MarksCase {
  /** Generations in which the optimum goes to and fro once. */
  readonly period: number;
  /** Share of what was acquired that is passed on; undefined for no marks. */
  readonly share: number | undefined;
  /** Standard deviation of mutation. */
  readonly deviation: number;
  readonly founders: number;
  readonly seed: string;
}

/** An optimum that goes to and fro, and organisms that go half of the way to it within their lives. */
export function marksWorld({ period, share, deviation, founders, seed }: MarksCase) {
  const scene = parseScene(
    {
      version: 1,
      name: 'marks',
      title: 'Marks',
      habitat: {
        kind: 'landscape',
        form: 'moving',
        dimensions: 1,
        forms: { moving: { path: 'circle', radius, width, speed: (2 * Math.PI * radius) / period } },
      },
      populations: {
        line: {
          founders,
          mechanisms: {
            mutation: { on: deviation > 0, rate: 1, deviation },
            'gradient-step': { on: true, into: 'life', rate: learned * width * width, longest: 1000 },
            'epigenetic-marks': { on: share !== undefined, share: share ?? 0 },
          },
        },
      },
    },
    'test',
  );
  const simulation = createSimulation(scene, seed) as LandscapeSimulation;
  return {
    simulation,
    /** What is missing to the optimum's log fitness after learning, in the mean over the living and over so many generations. */
    meanLoss(generations: number): number {
      let sum = 0;
      for (let t = 0; t < generations; t++) {
        const [{ table, count, layout }] = simulation.populations;
        const weights = table.f32('weights');
        // Where the optimum will be when these have learned and are selected.
        const optimum = radius * Math.cos((2 * Math.PI * simulation.tick) / period);
        for (let row = 0; row < count; row++) {
          const missing = (1 - learned) * (weights[row * layout.stride] - optimum);
          sum += missing ** 2 / (2 * width ** 2) / count;
        }
        simulation.step();
      }
      return sum / generations;
    },
  };
}

/**
 * The loss of a line of identical genes at 0. What it begins with follows o' = m ((1 - l) o + l c), c the optimum, l the share of the
 * way that is learned, m the share passed on: a linear filter with the response H = m l z / (1 - m (1 - l) z), z = e^(-iw), w = 2 pi /
 * period. What is missing when selection acts is (1 - l)(o - c); the mean of its square over two widths is (1 - l)^2 radius^2
 * |H - 1|^2 / (4 width^2), and at a period of 2, where the optimum only alternates, twice that.
 */
export function marksLoss(period: number, share: number): number {
  const w = (2 * Math.PI) / period;
  const q = share * (1 - learned);
  const p = share * learned;
  // |H - 1| = |p z - 1 + q z| / |1 - q z|.
  const square = (factor: number) => 1 - 2 * factor * Math.cos(w) + factor * factor;
  const response = square(p + q) / square(q);
  const power = period === 2 ? radius ** 2 : radius ** 2 / 2;
  return ((1 - learned) ** 2 * power * response) / (2 * width ** 2);
}
