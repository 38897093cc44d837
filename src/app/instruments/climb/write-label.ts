import type { Box } from './place-label.ts';

/** Writes a text that what lies under it leaves legible, and keeps its box. */
export function writeLabel(
  context: CanvasRenderingContext2D,
  text: string,
  px: number,
  py: number,
  colours: readonly [string, string],
  taken: Box[],
): void {
  const [ink, paper] = colours;
  context.lineWidth = 3;
  context.strokeStyle = paper;
  context.strokeText(text, px, py);
  context.lineWidth = 1;
  context.fillStyle = ink;
  context.fillText(text, px, py);
  taken.push(boxOf(context, text, px, py));
}

/** Edges of a text that is written with the present font and alignment. */
export function boxOf(context: CanvasRenderingContext2D, text: string, px: number, py: number): Box {
  const { actualBoundingBoxLeft, actualBoundingBoxRight, actualBoundingBoxAscent, actualBoundingBoxDescent } =
    context.measureText(text);
  return {
    left: px - actualBoundingBoxLeft,
    right: px + actualBoundingBoxRight,
    top: py - actualBoundingBoxAscent,
    bottom: py + actualBoundingBoxDescent,
  };
}
