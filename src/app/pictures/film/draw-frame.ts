import { whole } from '../../ui/words.ts';
import { type PictureStyle, pictureFont } from '../picture-style.ts';
import type { FilmLayout } from './plan-film.ts';

/** A rectangle of a picture, pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Places of a frame: the world, the species beside or below it, the line of words. Widths and heights are even, as encoders want them. */
export function frameBoxes(width: number, height: number, layout: FilmLayout, caption: boolean) {
  const unit = Math.min(width, height) / 720;
  const line = caption ? 2 * Math.round(22 * unit) : 0;
  const below = { x: 0, y: height - line, width, height: line };
  const room = height - line;
  const even = (value: number) => 2 * Math.round(value / 2);
  if (layout === 'world') return { unit, world: { x: 0, y: 0, width, height: room }, tree: undefined, caption: below };
  if (width >= height) {
    const split = even(width * 0.6);
    const world = { x: 0, y: 0, width: split, height: room };
    return { unit, world, tree: { x: split, y: 0, width: width - split, height: room }, caption: below };
  }
  const split = even(room * 0.6);
  return {
    unit,
    world: { x: 0, y: 0, width, height: split },
    tree: { x: 0, y: split, width, height: room - split },
    caption: below,
  };
}

/** Pixels between the pictures of two worlds. */
const gap = 4;

/** A box in two of one size with a gap, one beside or below the other, where the pictures of two worlds go. */
export function halvesOf(box: Box): readonly [Box, Box] {
  if (box.width >= box.height) {
    const width = 2 * Math.floor((box.width - gap) / 4);
    return [
      { ...box, width },
      { ...box, x: box.x + box.width - width, width },
    ];
  }
  const height = 2 * Math.floor((box.height - gap) / 4);
  return [
    { ...box, height },
    { ...box, y: box.y + box.height - height, height },
  ];
}

/** What the line of words says. */
export interface FrameWords {
  readonly title: string;
  readonly tick: number;
  readonly generation: number;
  readonly alive: readonly { readonly name: string; readonly count: number }[];
}

/** Numbers of a frame, from left to right. */
export function frameNumbers({ tick, generation, alive }: FrameWords): string[] {
  const living =
    alive.length === 1 ? [`${whole(alive[0].count)} alive`] : alive.map(({ name, count }) => `${whole(count)} ${name}`);
  return [`tick ${whole(tick)}`, `generation ${generation.toFixed(1)}`, ...living];
}

/** Draws the line of words. Numbers keep their places from frame to frame. */
export function drawCaption(
  context: CanvasRenderingContext2D,
  box: Box,
  unit: number,
  words: FrameWords,
  style: PictureStyle,
): void {
  if (box.height === 0) return;
  context.fillStyle = style.paper;
  context.fillRect(box.x, box.y, box.width, box.height);
  context.textBaseline = 'middle';
  const middle = box.y + box.height / 2;
  const [pad, size] = [16 * unit, 19 * unit];
  const numbers = frameNumbers(words);
  const slot = Math.min(170 * unit, (box.width * 0.68) / numbers.length);
  context.font = `${size}px ${pictureFont}`;
  context.fillStyle = style.quiet;
  context.textAlign = 'right';
  numbers.forEach((text, i) => {
    context.fillText(text, box.width - pad - slot * (numbers.length - 1 - i), middle, slot - 8 * unit);
  });
  context.font = `600 ${size}px ${pictureFont}`;
  context.fillStyle = style.ink;
  context.textAlign = 'left';
  context.fillText(words.title, pad, middle, box.width - slot * numbers.length - 2 * pad);
}

/** Draws a picture into a box, as large as it fits, at its upper left. */
export function drawInto(
  context: CanvasRenderingContext2D,
  picture: CanvasImageSource,
  width: number,
  height: number,
  box: Box,
): void {
  const scale = Math.min(box.width / width, box.height / height);
  context.drawImage(picture, box.x, box.y, width * scale, height * scale);
}
