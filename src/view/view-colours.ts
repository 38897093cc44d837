import type { Theme } from './colour-scale.ts';
import { oklchToSrgb } from './oklch.ts';

/** Red, green, blue and strength, each from 0 to 1. */
type Rgba = readonly [number, number, number, number];

export interface ViewColours {
  /** Around the world. */
  readonly desk: Rgba;
  readonly ink: Rgba;
  readonly accent: Rgba;
  readonly soil: Rgba;
  readonly grass: Rgba;
  readonly fruit: Rgba;
  /** Fruit of the second kind; as strong as the first. */
  readonly second: Rgba;
  readonly carrion: Rgba;
  readonly cue: Rgba;
  /** Between islands, and around them. */
  readonly water: Rgba;
  /** Low and high ground of a landscape. */
  readonly low: Rgba;
  readonly high: Rgba;
}

const oklch = (lightness: number, chroma: number, hue: number, strength = 1): Rgba => [
  ...oklchToSrgb(lightness, chroma, hue),
  strength,
];

/** Ground is muted so that organisms are easy to see: a bright meadow in light; at night moss and berries that seem to shine. */
export const viewColours: Record<Theme, ViewColours> = {
  light: {
    desk: oklch(0.955, 0.005, 95),
    ink: oklch(0.25, 0.01, 260),
    accent: oklch(0.62, 0.15, 45),
    soil: oklch(0.95, 0.03, 92),
    grass: oklch(0.85, 0.1, 130, 0.95),
    fruit: oklch(0.72, 0.14, 12, 0.85),
    second: oklch(0.66, 0.14, 305, 0.85),
    carrion: oklch(0.6, 0.05, 50, 0.85),
    cue: oklch(0.78, 0.08, 250, 0.7),
    water: oklch(0.84, 0.055, 225),
    low: oklch(0.865, 0.022, 250),
    high: oklch(0.985, 0.018, 85),
  },
  dark: {
    desk: oklch(0.14, 0.018, 230),
    ink: oklch(0.93, 0.005, 95),
    accent: oklch(0.68, 0.16, 45),
    soil: oklch(0.215, 0.032, 220),
    grass: oklch(0.43, 0.085, 155, 0.95),
    fruit: oklch(0.56, 0.16, 10, 0.85),
    second: oklch(0.5, 0.17, 305, 0.85),
    carrion: oklch(0.47, 0.05, 50, 0.8),
    cue: oklch(0.42, 0.08, 250, 0.7),
    water: oklch(0.3, 0.06, 245),
    low: oklch(0.17, 0.02, 260),
    high: oklch(0.33, 0.03, 80),
  },
};
