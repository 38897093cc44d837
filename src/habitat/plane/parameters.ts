// The parameters of the plane, each with its text, unit and range.

import { z } from 'zod';
import { parameter } from '../../parameter/parameter.ts';
import { longestPainting } from './painting.ts';

/** Longest side of a plane: places of float32 are then 1/512 of a length apart at most. */
const longestSide = 16_384;

const food = (title: string, capacity: number, cover: number) =>
  z
    .strictObject({
      capacity: parameter(z.number().min(0).max(1000).default(capacity), {
        title: `${title}: maximum`,
        description: 'Energy that the best cell of ground carries when none is eaten.',
        unit: 'energy/cell',
        live: true,
        step: 0.1,
      }),
      regrowth: parameter(z.number().min(0).max(1).default(0.004), {
        title: `${title}: regrowth`,
        description: 'Share of the missing food that grows back in a tick.',
        unit: '1/tick',
        live: true,
        step: 0.0005,
      }),
      pattern: parameter(z.string().max(60).default('patches'), {
        title: `${title}: pattern`,
        description:
          'How richness is distributed over the ground: patches, uniform, gradient, painted, or a pattern of your own.',
        unit: '',
        live: false,
      }),
      cover: parameter(z.number().min(0).max(1).default(cover), {
        title: `${title}: cover`,
        description: 'Share of the ground on which it grows.',
        unit: '',
        live: false,
      }),
      grain: parameter(z.number().min(4).max(2048).default(48), {
        title: `${title}: patch size`,
        description: 'Typical distance over which richness changes.',
        unit: 'lengths',
        live: false,
      }),
      painting: parameter(z.string().max(longestPainting).default(''), {
        title: `${title}: painting`,
        description:
          'Richness cell by cell for the pattern painted: columns x rows, a colon, then runs of a number and a letter, from a (barren) to k (richest).',
        unit: '',
        live: false,
      }),
    })
    .prefault({});

/** Every parameter of the plane: ground, food, carcasses, cue, climate, barriers. */
export const planeParameters = z.strictObject({
  kind: z.literal('plane'),
  width: parameter(z.int().min(64).max(longestSide).default(512), {
    title: 'Width',
    description: 'A whole number of ground cells.',
    unit: 'lengths',
    live: false,
  }),
  height: parameter(z.int().min(64).max(longestSide).default(512), {
    title: 'Height',
    description: 'A whole number of ground cells.',
    unit: 'lengths',
    live: false,
  }),
  edge: parameter(z.enum(['torus', 'wall']).default('torus'), {
    title: 'Edge',
    description: 'torus: what leaves on one side enters on the other. wall: nothing leaves.',
    unit: '',
    live: false,
  }),
  cell: parameter(z.int().min(1).max(32).default(4), {
    title: 'Ground cell',
    description: 'Side of a cell of ground; organisms on the same cell share its food.',
    unit: 'lengths',
    live: false,
  }),
  reach: parameter(z.number().min(4).max(64).default(16), {
    title: 'Sense range',
    description: 'Neighbours farther away are not sensed; ground is sampled at a third and at four fifths of it.',
    unit: 'lengths',
    live: false,
  }),
  grass: food('Grass', 1, 0.5),
  fruit: food('Fruit', 0, 0.2),
  kinds: z
    .strictObject({
      share: parameter(z.number().min(0).max(1).default(0), {
        title: 'Second kind of fruit',
        description:
          'Share of the ground whose fruit is of the second kind. The kinds look different (sense `kinds`); which one feeds and which one poisons is a matter of the mechanism poison.',
        unit: '',
        live: false,
      }),
      grain: parameter(z.number().min(4).max(2048).default(8), {
        title: 'Kinds of fruit: patch size',
        description: 'Typical distance over which the kind of fruit changes.',
        unit: 'lengths',
        live: false,
      }),
    })
    .prefault({}),
  carrion: z
    .strictObject({
      yield: parameter(z.number().min(0).max(1).default(0.8), {
        title: 'Carcass yield',
        description: 'Share of the energy of a dead body that stays on the ground as carrion.',
        unit: '',
        live: true,
        step: 0.01,
      }),
      decay: parameter(z.number().min(0).max(1).default(0.01), {
        title: 'Decay of carcasses',
        description: 'Share of the carrion that rots away in a tick.',
        unit: '1/tick',
        live: true,
        step: 0.001,
      }),
    })
    .prefault({}),
  cue: z
    .strictObject({
      grass: parameter(z.number().min(-1).max(1).default(0), {
        title: 'Cue of grass',
        description: 'How strongly the cue field follows the richness of the ground for grass.',
        unit: '',
        live: true,
        step: 0.05,
      }),
      fruit: parameter(z.number().min(-1).max(1).default(0), {
        title: 'Cue of fruit',
        description: 'How strongly the cue field follows the richness of the ground for fruit.',
        unit: '',
        live: true,
        step: 0.05,
      }),
      rate: parameter(z.number().min(0).max(1).default(0.05), {
        title: 'Cue rate',
        description: 'Share of the distance to its target that the cue moves in a tick.',
        unit: '1/tick',
        live: true,
        step: 0.01,
      }),
    })
    .prefault({}),
  climate: z
    .strictObject({
      period: parameter(z.int().min(2).max(10_000_000).default(2000), {
        title: 'Year length',
        description: 'Period of the seasons.',
        unit: 'ticks',
        live: true,
      }),
      amplitude: parameter(z.number().min(0).max(1).default(0), {
        title: 'Season strength',
        description: 'Regrowth is multiplied by 1 + amplitude sin(2 pi tick / period).',
        unit: '',
        live: true,
        step: 0.05,
      }),
    })
    .prefault({}),
  barriers: parameter(
    z
      .array(
        z.strictObject({
          x: z.number().min(0).max(longestSide).meta({ description: 'left edge, lengths' }),
          y: z.number().min(0).max(longestSide).meta({ description: 'upper edge, lengths' }),
          width: z.number().min(0).max(longestSide).meta({ description: 'width, lengths' }),
          height: z.number().min(0).max(longestSide).meta({ description: 'height, lengths' }),
        }),
      )
      .max(256)
      .default([]),
    {
      title: 'Barriers',
      description: 'Rectangles that cannot be entered and where nothing grows.',
      unit: 'lengths',
      live: true,
    },
  ),
});

export type PlaneParameters = z.infer<typeof planeParameters>;
