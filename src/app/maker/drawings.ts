// Small drawings of mechanisms and senses on a grid of 20 by 20, as the `d` of a path: those of scenes where these are about the mechanism.
import { icons } from '../ui/icons.ts';

const own: Readonly<Record<string, string>> = {
  mutation: 'M6 3 C6 8 14 12 14 17 M14 3 C14 8 6 12 6 17 M7 6 H13 M7 14 H10 M12.5 12.5 L16 16 M16 12.5 L12.5 16',
  recombination: 'M4 4 H8 L12 16 H16 M4 16 H8 L12 4 H16',
  transfer: 'M5 7 A3 3 0 1 0 5 13 A3 3 0 1 0 5 7 M15 7 A3 3 0 1 0 15 13 A3 3 0 1 0 15 7 M8 10 H11 M9.8 8.6 L11.2 10 L9.8 11.4',
  'sexual-reproduction':
    'M5 3 A2.5 2.5 0 1 0 5 8 A2.5 2.5 0 1 0 5 3 M15 3 A2.5 2.5 0 1 0 15 8 A2.5 2.5 0 1 0 15 3 M5 8 L10 13 L15 8 M10 13 V17',
  'mate-choice': icons.peacocks,
  'offspring-preference':
    'M10 3 A3 3 0 1 0 10 9 A3 3 0 1 0 10 3 M5 13 A2 2 0 1 0 5 17 A2 2 0 1 0 5 13 M15 12 A3 3 0 1 0 15 18 A3 3 0 1 0 15 12 M8.5 9 L6 13 M11.5 9 L13.5 12',
  learning: 'M3 16 H17 M3 16 V4 M4 14 C7 14 8 6 16 5',
  'gradient-step': 'M3 16 C8 16 10 5 17 4 M7 15 L11 9 M11 9 L8.2 9.8 M11 9 L11.2 12',
  curiosity: 'M7 7 C7 2.5 13.5 3 13 7.3 C12.7 9.7 10 9.6 10 12.5 M10 16 V16.2',
  explore: 'M3 15 L6 9 L9 13 L11 6 L14 10 L17 4 M14 4 H17 V7',
  'trial-learning': icons.baldwin,
  'epigenetic-marks': icons.marks,
  imitation:
    'M6 4 A2 2 0 1 0 6 8 A2 2 0 1 0 6 4 M3 16 C3 11 9 11 9 16 M14 4 A2 2 0 1 0 14 8 A2 2 0 1 0 14 4 M11 16 C11 11 17 11 17 16 M9 5 H11',
  culture: icons.school,
  transposons: 'M3 6 H17 M3 14 H17 M6 4.5 V7.5 M8 4.5 V7.5 M12 12.5 V15.5 M14 12.5 V15.5 M7 8 C7 11 13 9 13 12',
  'segregation-distortion': icons['selfish-genes'],
  'assortative-mating':
    'M6 6 A2.5 2.5 0 1 0 6 11 A2.5 2.5 0 1 0 6 6 M6 8.5 H6.1 M14 6 A2.5 2.5 0 1 0 14 11 A2.5 2.5 0 1 0 14 6 M14 8.5 H14.1 M6 15 H14',
  'mate-distance': 'M4 7 A2 2 0 1 0 4 11 A2 2 0 1 0 4 7 M16 7 A2 2 0 1 0 16 11 A2 2 0 1 0 16 7 M7 9 H13 M7 7 V11 M13 7 V11',
  migration: icons.islands,
  payoffs: icons['hawk-dove'],
};

const senses: Readonly<Record<string, string>> = {
  grass: icons.meadow,
  fruit:
    'M7 9 A3.5 3.5 0 1 0 7 16 A3.5 3.5 0 1 0 7 9 M13.5 10 A3 3 0 1 0 13.5 16 A3 3 0 1 0 13.5 10 M7 9 C7 6 9 4 12 3 M13.5 10 C13.5 7 13 5 12 3',
  carrion: 'M4 6 C4 4 7 4 7 6 L13 13 C15 12 17 14 15 15.5 C15.5 17.5 12.5 17.5 12.5 15 L6 8 C4 9 2.5 7 4 6 Z',
  cue: 'M3 7 C5 4 8 10 10 7 C12 4 15 10 17 7 M3 13 C5 10 8 16 10 13 C12 10 15 16 17 13',
  barrier: 'M3 5 H17 V15 H3 Z M3 10 H17 M8 5 V10 M13 10 V15',
  underfoot: 'M3 15 H17 M10 3 V11 M7 8.5 L10 11.5 L13 8.5',
  neighbours: 'M6 4 C9 7 9 11 6 13 C3 11 3 7 6 4 M14 7 C17 10 17 14 14 16 C11 14 11 10 14 7',
  others: icons['arms-race'],
  size: 'M5 10 A2 2 0 1 0 5 14 A2 2 0 1 0 5 10 M13 5 A4.5 4.5 0 1 0 13 14 A4.5 4.5 0 1 0 13 5',
  likeness: 'M4 8 H16 M4 12 H16',
  signals: icons.sound,
  energy: 'M4 6 H15 V14 H4 Z M17 9 V11 M6.5 8.5 V11.5 M9 8.5 V11.5',
  age: 'M10 3 A7 7 0 1 0 10 17 A7 7 0 1 0 10 3 M10 6 V10 L13 12',
  hurt: 'M11 2.5 L6 11 H10 L9 17.5 L14 8.5 H10 Z',
  memory: 'M5 8 A5.5 5.5 0 1 1 5 12.5 M5 4.5 V8 H8.5',
};

/** The drawing of what a sense is about; none of one without a drawing. */
export const senseDrawing = (id: string): string | undefined => senses[id];

/** The drawing of a mechanism; of one without a drawing, such as that of an extension, a plain cog. */
export const mechanismDrawing = (id: string): string =>
  own[id] ??
  'M10 6 A4 4 0 1 0 10 14 A4 4 0 1 0 10 6 M10 2.5 V6 M10 14 V17.5 M2.5 10 H6 M14 10 H17.5 M4.7 4.7 L7.2 7.2 M12.8 12.8 L15.3 15.3';
