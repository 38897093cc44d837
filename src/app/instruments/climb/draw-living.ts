import { cssColour } from '../../../view/colour-scale.ts';
import type { Box } from './place-label.ts';
import type { SpaceScene, SpaceStyle } from './space-scene.ts';
import { writeLabel } from './write-label.ts';

/** The living as dots in the colours of the world, the lit ones over the others, and a ring around the picked one. */
export function drawCloud(
  context: CanvasRenderingContext2D,
  { cloud, stride, picked, pointed }: SpaceScene,
  style: SpaceStyle,
): void {
  if (!cloud) return;
  const { x, y, living } = style;
  const { points, ids } = cloud;
  const size = ids.length > 4000 ? 1.5 : ids.length > 1000 ? 2 : 3;
  const ring = picked === undefined ? -1 : ids.indexOf(picked) * stride;
  // Colour by colour: setting one costs more than a dot.
  const colours = living.length / 4;
  const colourOf = (at: number) => Math.min(colours - 1, Math.max(0, Math.floor(points[at + 2] * colours)));
  // Colour and place in one number, because numbers are sorted fastest.
  const order = Float64Array.from(ids, (_, k) => colourOf(stride * k) * 0x1000000 + k).sort();
  for (const lit of [false, true]) {
    context.globalAlpha = lit ? 0.7 : 0.15;
    let former = -1;
    for (const key of order) {
      const at = stride * (key % 0x1000000);
      if (points[at + 3] > 0 !== lit) continue;
      const colour = colourOf(at);
      if (colour !== former) context.fillStyle = cssColour(living, points[at + 2]);
      former = colour;
      context.fillRect(x(points[at]) - size / 2, y(points[at + 1]) - size / 2, size, size);
    }
  }
  context.globalAlpha = 1;
  if (ring < 0 || pointed !== undefined) return;
  context.beginPath();
  context.arc(x(points[ring]), y(points[ring + 1]), 6, 0, 2 * Math.PI);
  context.strokeStyle = style.accent;
  context.lineWidth = 2;
  context.stroke();
  context.lineWidth = 1;
}

/** The mean of the living, and the gradient as an arrow from it. */
export function drawMean(
  context: CanvasRenderingContext2D,
  { cloud, arrow }: SpaceScene,
  { x, y, accent, paper, ink }: SpaceStyle,
  taken: Box[],
): void {
  if (!cloud) return;
  const [px, py] = [x(cloud.mean[0]), y(cloud.mean[1])];
  if (arrow && Number.isFinite(arrow.up)) {
    const tip = y(cloud.mean[1] + arrow.up);
    context.setLineDash(arrow.sure ? [] : [4, 4]);
    context.lineWidth = 3;
    context.strokeStyle = accent;
    context.beginPath();
    context.moveTo(px, py);
    context.lineTo(px, tip);
    context.stroke();
    context.setLineDash([]);
    const way = tip < py ? 1 : -1;
    context.beginPath();
    context.moveTo(px, tip - 2 * way);
    context.lineTo(px - 6, tip + 9 * way);
    context.lineTo(px + 6, tip + 9 * way);
    context.closePath();
    context.fillStyle = accent;
    context.fill();
    context.font = '11px system-ui, sans-serif';
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    writeLabel(context, arrow.sure ? 'gradient' : 'gradient (not sure)', px + 10, tip + 4 * way, [ink, paper], taken);
  }
  drawRing(context, [px, py], paper, accent, 2.5);
}

/** A ring around a mean. */
function drawRing(
  context: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  inside: string,
  line: string,
  width: number,
): void {
  context.beginPath();
  context.arc(x, y, 5, 0, 2 * Math.PI);
  context.fillStyle = inside;
  context.fill();
  context.strokeStyle = line;
  context.lineWidth = width;
  context.stroke();
  context.lineWidth = 1;
}

/** The living of the twin, without colour. */
export function drawTwin(context: CanvasRenderingContext2D, { twin }: SpaceScene, { x, y, quiet }: SpaceStyle): void {
  if (!twin) return;
  context.fillStyle = quiet;
  context.globalAlpha = 0.35;
  for (let at = 0; at < twin.points.length; at += 2) context.fillRect(x(twin.points[at]) - 1, y(twin.points[at + 1]) - 1, 2, 2);
  context.globalAlpha = 1;
}

/** The mean of the twin, and what it lacks. */
export function nameTwin(
  context: CanvasRenderingContext2D,
  { twin }: SpaceScene,
  { x, y, ink, paper }: SpaceStyle,
  taken: Box[],
): void {
  if (!twin || Number.isNaN(twin.mean[1])) return;
  const [px, py] = [x(twin.mean[0]), y(twin.mean[1])];
  context.setLineDash([2, 2]);
  drawRing(context, [px, py], paper, ink, 1.5);
  context.setLineDash([]);
  context.font = '11px system-ui, sans-serif';
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  writeLabel(context, `twin without ${twin.text}`, px - 9, py, [ink, paper], taken);
}
