/** What a film shows. */
export type FilmLayout = 'world' | 'tree';
export const filmLayouts: readonly { readonly id: FilmLayout; readonly title: string }[] = [
  { id: 'world', title: 'World' },
  { id: 'tree', title: 'World and species' },
];

/** Sizes of films in pixels, and the height in CSS pixels at which they are drawn: it decides how large words and bodies are. */
export const filmSizes = [
  { id: '720p', title: '1280 × 720', width: 1280, height: 720 },
  { id: '1080p', title: '1920 × 1080', width: 1920, height: 1080 },
  { id: 'square', title: '1080 × 1080', width: 1080, height: 1080 },
  { id: 'upright', title: '1080 × 1920', width: 1080, height: 1920 },
] as const;
export type FilmSize = (typeof filmSizes)[number];

/** Most frames of a film. */
export const mostFrames = 7200;

/** Ticks of a film's frames, from the first to the last in equal steps as far as ticks are whole; each once. @throws {Error} for an order or a number that is not possible */
export function filmTicks(from: number, to: number, frames: number): number[] {
  for (const [name, value] of [
    ['first tick', from],
    ['last tick', to],
  ] as const) {
    if (!Number.isInteger(value) || value < 0)
      throw new Error(`film: ${name} must be a whole number of 0 or more (got ${value})`);
  }
  if (to <= from) throw new Error(`film: last tick must be after the first, ${from} (got ${to})`);
  if (!Number.isInteger(frames) || frames < 2 || frames > mostFrames)
    throw new Error(`film: number of frames must be from 2 to ${mostFrames} (got ${frames}); change seconds or frames a second`);
  const count = Math.min(frames, to - from + 1);
  return Array.from({ length: count }, (_, i) => from + Math.round((i * (to - from)) / (count - 1)));
}

/** Bits that a pixel of a frame may take: organisms are small and move far from frame to frame. */
const bitsPerPixel = 0.22;

/** Bits a second that a film may take. */
export const bitsPerSecond = (width: number, height: number, rate: number): number =>
  Math.round(bitsPerPixel * width * height * rate);

/** Bytes that a film takes at most, about. */
export const mostBytes = (width: number, height: number, frames: number): number =>
  Math.round((bitsPerPixel * width * height * frames) / 8);
