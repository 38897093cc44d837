import { floatsNamed } from '../../src/ecs/table.ts';
import { parseScene } from '../../src/scene/parse.ts';
import { createSimulation } from '../../src/simulation/create.ts';

interface TransposonCase {
  readonly u: number;
  readonly v: number;
  readonly a: number;
  readonly b: number;
  readonly size: number;
  readonly generations: number;
  readonly seed: string;
}

/**
 * Mean and variance of the number of copies of diploid outbred hosts, over the second half of the generations, and the relative growth
 * of the mean in a generation there. Sites recombine freely and are many, and insertions change nothing else.
 */
export function copyNumbers({ u, v, a, b, size, generations, seed }: TransposonCase) {
  const scene = parseScene(
    {
      version: 1,
      name: 'transposons',
      title: 'Transposons',
      habitat: { kind: 'landscape', form: 'linear', dimensions: 1, forms: { linear: { slope: 0 } }, encounters: 1 },
      populations: {
        hosts: {
          founders: size,
          genome: { ploidy: 2, transposons: { sites: 128, copies: 6 } },
          mechanisms: {
            'sexual-reproduction': { on: true },
            recombination: { on: true, chromosomes: 129 },
            transposons: { on: true, insertion: u, excision: v, linear: a, quadratic: b, effect: 0 },
          },
        },
      },
    },
    'test',
  );
  const simulation = createSimulation(scene, seed);
  const [{ table }] = simulation.populations;
  const look = () => {
    const copies = table.f32(floatsNamed('transposon.copies')).subarray(0, table.count);
    let [sum, square] = [0, 0];
    for (const n of copies) {
      sum += n;
      square += n * n;
    }
    const m = sum / copies.length;
    return { m, V: square / copies.length - m * m };
  };
  const half = Math.floor(generations / 2);
  simulation.step(half);
  const start = look().m;
  let [m, V] = [0, 0];
  for (let t = half; t < generations; t++) {
    const now = look();
    m += now.m;
    V += now.V;
    simulation.step();
  }
  const count = generations - half;
  const end = look().m;
  simulation.dispose();
  return { m: m / count, V: V / count, growth: Math.log(end / start) / count };
}

/**
 * Share of copies that selection takes in a generation at equilibrium. Charlesworth and Charlesworth (1983) have u - v = (V/m)(a + b m)
 * for small rates; generations that do not overlap select first and transpose then, m' = m (1 - s)(1 + u - v), so that
 * s = (u - v)/(1 + u - v).
 */
export const selectedShare = (u: number, v: number): number => (u - v) / (1 + u - v);

/** The same as measured, (V/m)(a + b m), less what is left of a trend: with m' = e^g m it is 1 - e^g/(1 + u - v). */
export function measuredShare(
  { m, V, growth }: ReturnType<typeof copyNumbers>,
  { u, v, a, b }: { readonly u: number; readonly v: number; readonly a: number; readonly b: number },
): number {
  return (V / m) * (a + b * m) + Math.expm1(growth) / (1 + u - v);
}
