// The colour scales of palettes: viridis, cividis, and a circle of hues for kinship.

import type { Palette } from '../worker/colour-value.ts';
import { oklchToSrgb } from './oklch.ts';

export type Theme = 'light' | 'dark';
/** Sequential scales: both rise evenly in lightness; cividis looks alike with and without red-green blindness. */
export type Sequential = 'viridis' | 'cividis';

/** Stops of matplotlib's viridis and of cividis (Nuñez, Anderton & Renslow 2018), evenly spaced from low to high. */
const stops: Record<Sequential, readonly string[]> = {
  viridis: ['440154', '482878', '3e4989', '31688e', '26828e', '1f9e89', '35b779', '6ece58', 'b5de2b', 'fde725'],
  cividis: ['00224e', '123570', '3b496c', '575d6d', '707173', '8a8678', 'a59c74', 'c3b369', 'e1cc55', 'fee838'],
};

/** The stretch of a sequential scale that contrasts with the ground: neither its darkest on dark nor its lightest on light. */
const shown: Record<Theme, readonly [number, number]> = { light: [0, 0.94], dark: [0.2, 1] };

/** Colours in a scale. */
export const scaleLength = 256;

/** Whether a palette marks relatives by hue: its scale is then a circle. */
export const isCircle = (palette: Palette): boolean => palette === 'lineage' || palette === 'species';

/** A scale as RGBA bytes, low to high. For lineages and species the scale is a circle of hues of equal lightness and chroma. */
export function colourScale(palette: Palette, theme: Theme, sequential: Sequential): Uint8Array {
  const bytes = new Uint8Array(scaleLength * 4);
  const [from, to] = shown[theme];
  for (let i = 0; i < scaleLength; i++) {
    const t = from + ((to - from) * i) / (scaleLength - 1);
    const [r, g, b] = isCircle(palette)
      ? oklchToSrgb(theme === 'dark' ? 0.74 : 0.6, 0.13, (i / scaleLength) * 360)
      : along(stops[sequential], t);
    bytes.set([Math.round(r * 255), Math.round(g * 255), Math.round(b * 255), 255], i * 4);
  }
  return bytes;
}

/** The same colour as in the world, for plots and legends. */
export function cssColour(scale: Uint8Array, t: number): string {
  const i = Math.min(scaleLength - 1, Math.max(0, Math.floor(t * scaleLength))) * 4;
  return `rgb(${scale[i]} ${scale[i + 1]} ${scale[i + 2]})`;
}

/** The whole scale from left to right, for a legend. */
export function cssGradient(scale: Uint8Array): string {
  const colours = Array.from({ length: 17 }, (_, i) => cssColour(scale, i / 16));
  return `linear-gradient(to right, ${colours.join(', ')})`;
}

function along(hex: readonly string[], t: number): [number, number, number] {
  const place = t * (hex.length - 1);
  const low = Math.min(hex.length - 2, Math.floor(place));
  const share = place - low;
  const channel = (stop: string, i: number) => Number.parseInt(stop.slice(i * 2, i * 2 + 2), 16) / 255;
  const mix = (i: number) => channel(hex[low], i) * (1 - share) + channel(hex[low + 1], i) * share;
  return [mix(0), mix(1), mix(2)];
}
