import type { GenomeSpace, SpacePiece } from '../../../analysis/gains/genome-space.ts';
import { cssColour } from '../../../view/colour-scale.ts';
import { shortTick } from '../../ui/words.ts';
import type { Box } from './place-label.ts';
import type { SpaceStyle } from './space-scene.ts';
import { writeLabel } from './write-label.ts';

/** Width of the ribbon of a lineage that is the whole population, and least width; pixels. */
const widest = 60;
const thinnest = 1.5;
/** The lineages as ribbons, each as wide as its share of the living; those that are not ancestors of the lineage pointed at are faint. */
export function drawLineages(
  context: CanvasRenderingContext2D,
  pieces: readonly SpacePiece[],
  pointed: number | undefined,
  style: SpaceStyle,
): void {
  const all = organismsByTick(pieces);
  const line = pointed === undefined ? undefined : ancestorsOf(pieces, pointed);
  for (const piece of pieces) drawPiece(context, piece, all, style, line?.has(piece));
}

/** Organisms of all groups of each tick. */
export function organismsByTick(pieces: readonly SpacePiece[]): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  for (const { to } of pieces) sums.set(to.tick, (sums.get(to.tick) ?? 0) + to.organisms);
  return sums;
}

/** The ways from a lineage that lives back to the first. */
function ancestorsOf(pieces: readonly SpacePiece[], founder: number): ReadonlySet<SpacePiece> {
  const line = new Set<SpacePiece>();
  let own = pieces.findLast((piece) => piece.founder === founder);
  while (own && !line.has(own)) {
    line.add(own);
    const { parent, from } = own;
    own = pieces.findLast((piece) => piece.founder === parent && piece.to.tick === from.tick);
  }
  return line;
}

function drawPiece(
  context: CanvasRenderingContext2D,
  { from, to, species, course }: SpacePiece,
  all: ReadonlyMap<number, number>,
  { x, y, species: scale, hueOf, ink }: SpaceStyle,
  lit: boolean | undefined,
): void {
  const total = all.get(to.tick) ?? 1;
  const half = (organisms: number, of: number) => 0.5 * (thinnest + (widest * organisms) / Math.max(1, of));
  const [x0, y0, x1, y1] = [x(from.x), y(from.y), x(to.x), y(to.y)];
  if (![x0, y0, x1, y1].every(Number.isFinite)) return;
  const end = half(to.organisms, total);
  // A branch leaves a ribbon with its own width.
  const start = Math.min(end, half(from.organisms, all.get(from.tick) ?? from.organisms));
  const middle = (y0 + y1) / 2;
  const colour = species < 0 ? ink : cssColour(scale, hueOf(species));
  context.beginPath();
  context.moveTo(x0 - start, y0);
  context.bezierCurveTo(x0 - start, middle, x1 - end, middle, x1 - end, y1);
  context.lineTo(x1 + end, y1);
  context.bezierCurveTo(x1 + end, middle, x0 + start, middle, x0 + start, y0);
  context.closePath();
  context.globalAlpha = (course === 'climbing' ? 0.75 : course === 'falling' ? 0.45 : 0.28) * (lit === false ? 0.25 : 1);
  context.fillStyle = colour;
  context.fill();
  if (course === 'falling') {
    context.setLineDash([3, 3]);
    context.strokeStyle = colour;
    context.globalAlpha = lit === false ? 0.2 : 0.9;
    context.stroke();
    context.setLineDash([]);
  }
  context.globalAlpha = 1;
  if (course !== 'drifting' && to.organisms >= 0.08 * total && lit !== false) {
    // A sign beside the colour, for those that cannot see it.
    const [mx, my] = [(x0 + x1) / 2, middle];
    const tip = course === 'climbing' ? -5 : 5;
    context.beginPath();
    context.moveTo(mx, my + tip);
    context.lineTo(mx - 4, my - tip * 0.6);
    context.lineTo(mx + 4, my - tip * 0.6);
    context.closePath();
    context.fillStyle = ink;
    context.fill();
  }
}

/** The way of the mean of all, with its error and ticks. */
export function drawPath(
  context: CanvasRenderingContext2D,
  { path }: GenomeSpace,
  { x, y, ink, paper }: SpaceStyle,
  taken: Box[],
): void {
  for (const [colour, wide] of [
    [paper, 4],
    [ink, 2],
  ] as const) {
    context.beginPath();
    for (const [k, point] of path.entries()) {
      if (k === 0) context.moveTo(x(point.x), y(point.y));
      else context.lineTo(x(point.x), y(point.y));
    }
    context.strokeStyle = colour;
    context.lineWidth = wide;
    context.stroke();
  }
  context.lineWidth = 1;
  context.font = '10px system-ui, sans-serif';
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  let free = Number.POSITIVE_INFINITY;
  for (const { x: px, y: py, tick } of path) {
    context.beginPath();
    context.arc(x(px), y(py), 3, 0, 2 * Math.PI);
    context.fillStyle = ink;
    context.fill();
    // Only where the former label leaves room.
    if (Math.abs(y(py) - free) < 14) continue;
    free = y(py);
    writeLabel(context, `tick ${shortTick(tick)}`, x(px) + 8, y(py), [ink, paper], taken);
  }
  const end = path[path.length - 1];
  context.beginPath();
  context.moveTo(x(end.x), y(end.y - 2 * end.error));
  context.lineTo(x(end.x), y(end.y + 2 * end.error));
  context.strokeStyle = ink;
  context.lineWidth = 1.5;
  context.stroke();
  context.lineWidth = 1;
}
