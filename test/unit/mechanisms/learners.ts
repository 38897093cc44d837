import { parseScene } from '../../../src/scene/parse.ts';
import { createSimulation } from '../../../src/simulation/create.ts';
import type { LandscapeSimulation } from '../../../src/simulation/kinds.ts';

type Json = Record<string, unknown>;

/** Twenty learners in a valley, each with a learning rate of its own, of which the best replace the worst at every fifth tick. */
export const learners = (habitat: Json = {}, mechanisms: Json = {}, genome: Json = { carries: ['learning.rate'] }) =>
  createSimulation(
    parseScene(
      {
        version: 1,
        name: 'learners',
        title: 'Learners',
        habitat: {
          kind: 'landscape',
          model: 'population-based-training',
          form: 'valley',
          dimensions: 6,
          training: { interval: 5, share: 0.25 },
          ...habitat,
        },
        populations: {
          lineage: {
            founders: 20,
            start: { mean: 1, deviation: 0.5 },
            genome,
            mechanisms: { mutation: { on: false }, 'gradient-step': { on: true }, ...mechanisms },
          },
        },
      },
      'learners',
    ),
    'lab',
  ) as LandscapeSimulation;
