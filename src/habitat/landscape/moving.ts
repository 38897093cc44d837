// The landscape of an optimum that moves: straight on, in a circle, or at random.

import { z } from 'zod';
import { cos, exp, log, sin } from '../../math/elementary.ts';
import { namedStream } from '../../math/streams.ts';
import { squaredDistanceAt } from '../../math/sums.ts';
import { parameter } from '../../parameter/parameter.ts';
import type { Landscape } from './landscape.ts';
import type { LandscapeForm } from './landscape-form.ts';

const parameters = z.strictObject({
  width: parameter(z.number().min(0.001).max(1_000_000).default(1), {
    title: 'Width',
    description: 'Distance from the optimum, along the flattest locus, at which fitness has fallen to e^(-1/2).',
    unit: 'locus units',
    live: false,
    step: 0.1,
  }),
  condition: parameter(z.number().min(1).max(1_000_000).default(1), {
    title: 'Condition number',
    description:
      'Curvature along the last locus over that along the first, the flattest; those between are spaced evenly in their logarithm. 1: a round bowl.',
    unit: '',
    live: false,
  }),
  path: parameter(z.enum(['line', 'circle', 'walk']).default('line'), {
    title: 'Path',
    description:
      'How the optimum moves. line: along the first locus, from the origin. circle: round the origin in the plane of the first two loci (with one locus, to and fro). walk: a random step every generation, from the origin.',
    unit: '',
    live: false,
  }),
  speed: parameter(z.number().min(0).max(1000).default(0.02), {
    title: 'Speed',
    description: 'Distance that the optimum moves in a generation; on a walk the root mean square length of a step.',
    unit: 'locus units/generation',
    live: false,
    step: 0.005,
  }),
  radius: parameter(z.number().min(0.001).max(1000).default(2), {
    title: 'Radius',
    description: 'Radius of the circle; a line and a walk have none.',
    unit: 'locus units',
    live: false,
    step: 0.1,
  }),
});

/** What a walk keeps: its last generation and the place of the optimum. */
interface WalkState {
  readonly time: number;
  readonly place: readonly number[];
}

function readWalk(state: unknown, dimensions: number): WalkState {
  const { time, place } = (state ?? {}) as Partial<WalkState>;
  const fits = Number.isSafeInteger(time) && (time as number) >= 0 && Array.isArray(place) && place.length === dimensions;
  if (!fits || !place.every((value) => Number.isFinite(value))) {
    throw new RangeError(`landscape 'moving': not a state of a walk in ${dimensions} dimensions; give what state() returned`);
  }
  return state as WalkState;
}

/** Curvatures of the loci, the first the flattest. */
function curvatures(dimensions: number, flattest: number, condition: number): Float64Array {
  return Float64Array.from({ length: dimensions }, (_, k) => flattest * exp((log(condition) * k) / Math.max(1, dimensions - 1)));
}

/** The same optimum in a bowl that is steeper along some loci than along others. */
function askew({ dimensions, meet, optimum }: Landscape, place: Float64Array, steep: Float64Array): Landscape {
  return {
    dimensions,
    meet,
    logFitness(genomes, at) {
      let sum = 0;
      for (let k = 0; k < dimensions; k++) {
        const away = genomes[at + k] - place[k];
        sum += steep[k] * away * away;
      }
      return -0.5 * sum;
    },
    gradient(genomes, at, out, outAt = 0) {
      for (let k = 0; k < dimensions; k++) out[outAt + k] = steep[k] * (place[k] - genomes[at + k]);
    },
    ...(optimum ? { optimum } : {}),
  };
}

/** A bowl that moves: f = -1/2 sum over loci of curvature_k (z_k - c_k(time))^2. A walk steps at whole generations. */
export const moving: LandscapeForm<z.infer<typeof parameters>> = {
  id: 'moving',
  title: 'Moving optimum',
  summary: 'A bowl whose optimum moves: straight on, in a circle, or at random.',
  source:
    'Lynch & Lande (1993), in Kareiva et al., Biotic Interactions and Global Change, 234-250; Kopp & Matuszewski (2014), Evol. Appl. 7: 169-191.',
  parameters,
  make(dimensions, { width, condition, path, speed, radius }, seed): Landscape {
    const d = dimensions;
    const curvature = 1 / (width * width);
    const place = new Float64Array(d);
    let walked = 0;
    let stream = namedStream(seed, 'landscape.moving');

    /** Steps are draws of one stream in order, so the place of a walk depends on the time alone. */
    const walkTo = (generation: number) => {
      if (generation < walked) {
        place.fill(0);
        walked = 0;
        stream = namedStream(seed, 'landscape.moving');
      }
      const size = speed / Math.sqrt(d);
      for (; walked < generation; walked++) for (let k = 0; k < d; k++) place[k] += size * stream.normal();
    };
    const moveTo = (time: number) => {
      if (!(time >= 0 && time <= Number.MAX_SAFE_INTEGER)) {
        throw new RangeError(`landscape 'moving': time must be 0 generations or more (got ${time})`);
      }
      if (path === 'line') place[0] = speed * time;
      else if (path === 'walk') walkTo(Math.floor(time));
      else {
        const turns = (speed * time) / (2 * Math.PI * radius);
        const angle = 2 * Math.PI * (turns - Math.floor(turns));
        place[0] = radius * cos(angle);
        if (d > 1) place[1] = radius * sin(angle);
      }
    };
    moveTo(0);

    const round: Landscape = {
      dimensions,
      meet: (_genomes, _count, _stride, time) => moveTo(time),
      squares: { centre: place, factor: -0.5 * curvature },
      logFitness: (genomes, at) => -0.5 * curvature * squaredDistanceAt(place, genomes, at, d),
      gradient(genomes, at, out, outAt = 0) {
        for (let k = 0; k < d; k++) out[outAt + k] = curvature * (place[k] - genomes[at + k]);
      },
      optimum: () => place.slice(),
    };
    const landscape = condition === 1 ? round : askew(round, place, curvatures(d, curvature, condition));
    if (path !== 'walk') return landscape;
    return {
      ...landscape,
      state: (): WalkState => ({ time: walked, place: [...place] }),
      restore(state) {
        const walk = readWalk(state, d);
        place.set(walk.place);
        walked = walk.time;
        stream = namedStream(seed, 'landscape.moving', walked * d);
      },
    };
  },
};
