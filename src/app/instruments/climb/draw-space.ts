import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { GenomeSpace, SpacePiece } from '../../../analysis/gains/genome-space.ts';
import { cssColour } from '../../../view/colour-scale.ts';
import type { Cloud } from '../../../worker/topics/climb.ts';
import { shortTick } from '../../ui/words.ts';
import { type Box, placeLabel } from './place-label.ts';
import type { TwinCloud } from './twin.svelte.ts';

/** What genome space shows. */
export interface SpaceScene {
  readonly picture: GenomeSpace | undefined;
  readonly cloud: Cloud | undefined;
  /** The living of the world without a change, and what was changed. */
  readonly twin: (TwinCloud & { readonly text: string }) | undefined;
  /** Numbers of one organism in the cloud. */
  readonly stride: number;
  /** How far a linear response would lift the mean by the next assay, and whether the gradient is reliable. */
  readonly arrow: { readonly up: number; readonly sure: boolean } | undefined;
  /** Changes of parameters, at the height of the mean then. */
  readonly switches: readonly { readonly y: number; readonly text: string }[];
  /** Founder of the lineage that is pointed at, and the picked organism. */
  readonly pointed: number | undefined;
  readonly picked: number | undefined;
}

/** Ends of the axes. */
export interface Domains {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** How it is drawn. */
export interface SpaceStyle {
  readonly width: number;
  readonly height: number;
  readonly margin: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  readonly ink: string;
  readonly quiet: string;
  readonly hairline: string;
  readonly band: string;
  readonly accent: string;
  readonly paper: string;
  /** Colour scales of the living and of species. */
  readonly living: Uint8Array;
  readonly species: Uint8Array;
  hueOf(species: number): number;
}

/** Width of the ribbon of a lineage that is the whole population, and least width; pixels. */
const widest = 60;
const thinnest = 1.5;
/** Share of the cloud on either side that may lie beyond the axes. */
const outside = 0.01;
/** Share of the living below which a lineage may lie beyond the axes. */
const small = 0.02;

/**
 * Ends of the axes that hold the picture and nearly all of the living. Former ones are kept while they still fit, so that axes seldom move.
 * @returns the former object if it is kept
 */
export function fitDomains({ picture, cloud, twin, stride, arrow }: SpaceScene, former: Domains | undefined): Domains {
  const xs: number[] = [0];
  const ys: number[] = [0];
  const shares = totals(picture?.pieces ?? []);
  for (const { from, to } of picture?.pieces ?? []) {
    if (to.organisms < small * (shares.get(to.tick) ?? 0)) continue;
    xs.push(from.x, to.x);
    ys.push(from.y, to.y);
  }
  for (const { x, y, error, byChance } of picture?.path ?? []) {
    xs.push(x);
    ys.push(y - 2 * error, y + 2 * error, byChance, -byChance);
  }
  if (cloud) {
    xs.push(...innerRange(cloud.points, stride, 0));
    ys.push(...innerRange(cloud.points, stride, 1));
    if (arrow) ys.push(cloud.mean[1] + arrow.up);
  }
  if (twin) {
    xs.push(...innerRange(twin.points, 2, 0));
    ys.push(...innerRange(twin.points, 2, 1));
  }
  const [x, y] = [xs, ys].map((values) => extent(values.filter(Number.isFinite)));
  const holds = (own: readonly [number, number], need: readonly [number, number]) =>
    own[0] <= need[0] && own[1] >= need[1] && own[1] - own[0] < 2 * (need[1] - need[0]);
  if (former && holds(former.x, x) && holds(former.y, y)) return former;
  const room = ([low, high]: readonly [number, number]): [number, number] => {
    const more = 0.12 * (high - low || 1);
    const [a, b] = scaleLinear([low - more, high + more], [0, 1])
      .nice(5)
      .domain();
    return [a, b];
  };
  return { x: room(x), y: room(y) };
}

/** Organisms of all groups of each tick. */
function totals(pieces: readonly SpacePiece[]): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  for (const { to } of pieces) sums.set(to.tick, (sums.get(to.tick) ?? 0) + to.organisms);
  return sums;
}

function extent(values: readonly number[]): readonly [number, number] {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [0, 0]);
}

/** Range of a column without its outermost values, from about 1,000 of the points. */
function innerRange(points: Float32Array, stride: number, column: number): readonly number[] {
  const step = Math.ceil(points.length / stride / 1000);
  const values = Float32Array.from(
    { length: Math.floor(points.length / stride / step) },
    (_, k) => points[k * step * stride + column],
  ).sort();
  if (values.length === 0) return [];
  const out = Math.floor(outside * values.length);
  return [values[out], values[values.length - 1 - out]];
}

/** Draws genome space. */
export function drawSpace(context: CanvasRenderingContext2D, scene: SpaceScene, style: SpaceStyle): void {
  const { width, height, margin, y } = style;
  context.clearRect(0, 0, width, height);
  context.font = '11px system-ui, sans-serif';
  drawAxes(context, style);
  context.save();
  context.beginPath();
  context.rect(margin.left, margin.top, width - margin.left - margin.right, height - margin.top - margin.bottom);
  context.clip();
  const { picture, cloud } = scene;
  const last = picture?.path[picture.path.length - 1];
  if (last && last.byChance > 0) {
    context.globalAlpha = 0.28;
    context.fillStyle = style.band;
    context.fillRect(margin.left, y(last.byChance), width - margin.left - margin.right, y(-last.byChance) - y(last.byChance));
    context.globalAlpha = 1;
  }
  const dim = scene.pointed !== undefined;
  const shares = totals(picture?.pieces ?? []);
  const line = dim ? ancestorsOf(picture?.pieces ?? [], scene.pointed as number) : undefined;
  const taken: Box[] = [];
  drawTwin(context, scene, style);
  if (cloud) drawCloud(context, scene, style);
  for (const piece of picture?.pieces ?? []) drawPiece(context, piece, shares, style, line ? line.has(piece) : undefined);
  if (picture) drawPath(context, picture, style, taken);
  drawSwitches(context, scene, style, taken);
  nameTwin(context, scene, style, taken);
  if (cloud) drawMean(context, scene, style, taken);
  context.restore();
  drawNames(context, style);
  if (last && last.byChance > 0) nameBand(context, style, y(last.byChance), y(-last.byChance), taken);
}

/** Writes a text that what lies under it leaves legible, and keeps its box. */
function write(
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
function boxOf(context: CanvasRenderingContext2D, text: string, px: number, py: number): Box {
  const { actualBoundingBoxLeft, actualBoundingBoxRight, actualBoundingBoxAscent, actualBoundingBoxDescent } =
    context.measureText(text);
  return {
    left: px - actualBoundingBoxLeft,
    right: px + actualBoundingBoxRight,
    top: py - actualBoundingBoxAscent,
    bottom: py + actualBoundingBoxDescent,
  };
}

/** Says what the grey band is, in a corner of it that other texts leave free; the instructions below the drawing say it too. */
function nameBand(
  context: CanvasRenderingContext2D,
  { width, margin, quiet }: SpaceStyle,
  top: number,
  bottom: number,
  taken: readonly Box[],
): void {
  const text = 'within the grey: chance';
  context.font = '11px system-ui, sans-serif';
  context.fillStyle = quiet;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  const { left, right, top: above, bottom: below } = boxOf(context, text, 0, 0);
  const places = [bottom - below - 3, top - above + 3].flatMap((py) =>
    [margin.left + 4, width - margin.right - 4 - right].map((px) => ({
      left: px + left,
      right: px + right,
      top: py + above,
      bottom: py + below,
    })),
  );
  const place = placeLabel(places, taken);
  if (place) context.fillText(text, place.left - left, place.top - above);
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

function drawAxes(context: CanvasRenderingContext2D, { width, height, margin, x, y, ink, quiet, hairline }: SpaceStyle): void {
  context.strokeStyle = hairline;
  context.fillStyle = quiet;
  context.lineWidth = 1;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  const showY = y.tickFormat(5);
  for (const tick of y.ticks(5)) {
    const py = Math.round(y(tick)) + 0.5;
    context.beginPath();
    context.moveTo(margin.left, py);
    context.lineTo(width - margin.right, py);
    context.strokeStyle = tick === 0 ? ink : hairline;
    context.stroke();
    context.fillText(`${tick > 0 ? '+' : ''}${showY(tick)}`, margin.left - 6, py);
  }
  context.textAlign = 'center';
  context.textBaseline = 'top';
  const showX = x.tickFormat(5);
  for (const tick of x.ticks(5)) context.fillText(showX(tick), x(tick), height - margin.bottom + 5);
}

function drawNames(context: CanvasRenderingContext2D, { width, height, margin, ink }: SpaceStyle): void {
  context.fillStyle = ink;
  context.textAlign = 'center';
  context.textBaseline = 'bottom';
  context.fillText(
    width < 420 ? 'Other change (s.d. of mutation)' : 'Other change (standard deviations of mutation)',
    (margin.left + width - margin.right) / 2,
    height - 4,
  );
  context.save();
  context.translate(11, (margin.top + height - margin.bottom) / 2);
  context.rotate(-Math.PI / 2);
  context.textBaseline = 'middle';
  context.fillText('Gain (log fitness a generation)', 0, 0);
  context.restore();
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

function drawCloud(context: CanvasRenderingContext2D, { cloud, stride, picked, pointed }: SpaceScene, style: SpaceStyle): void {
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

/** The way of the mean of all, with its error and ticks. */
function drawPath(
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
    write(context, `tick ${shortTick(tick)}`, x(px) + 8, y(py), [ink, paper], taken);
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

function drawSwitches(
  context: CanvasRenderingContext2D,
  { switches }: SpaceScene,
  { y, width, margin, ink, paper }: SpaceStyle,
  taken: Box[],
): void {
  context.font = '11px system-ui, sans-serif';
  context.textAlign = 'right';
  context.textBaseline = 'bottom';
  for (const { y: at, text } of switches) {
    context.setLineDash([5, 4]);
    context.strokeStyle = ink;
    context.beginPath();
    context.moveTo(margin.left, y(at));
    context.lineTo(width - margin.right, y(at));
    context.stroke();
    context.setLineDash([]);
    write(context, text, width - margin.right - 4, y(at) - 2, [ink, paper], taken);
  }
}

/** The mean of the living, and the gradient as an arrow from it. */
function drawMean(
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
    write(context, arrow.sure ? 'gradient' : 'gradient (not sure)', px + 10, tip + 4 * way, [ink, paper], taken);
  }
  context.beginPath();
  context.arc(px, py, 5, 0, 2 * Math.PI);
  context.fillStyle = paper;
  context.fill();
  context.strokeStyle = accent;
  context.lineWidth = 2.5;
  context.stroke();
  context.lineWidth = 1;
}

/** The living of the twin, without colour. */
function drawTwin(context: CanvasRenderingContext2D, { twin }: SpaceScene, { x, y, quiet }: SpaceStyle): void {
  if (!twin) return;
  context.fillStyle = quiet;
  context.globalAlpha = 0.35;
  for (let at = 0; at < twin.points.length; at += 2) context.fillRect(x(twin.points[at]) - 1, y(twin.points[at + 1]) - 1, 2, 2);
  context.globalAlpha = 1;
}

/** The mean of the twin, and what it lacks. */
function nameTwin(context: CanvasRenderingContext2D, { twin }: SpaceScene, { x, y, ink, paper }: SpaceStyle, taken: Box[]): void {
  if (!twin || Number.isNaN(twin.mean[1])) return;
  const [px, py] = [x(twin.mean[0]), y(twin.mean[1])];
  context.beginPath();
  context.arc(px, py, 5, 0, 2 * Math.PI);
  context.fillStyle = paper;
  context.fill();
  context.strokeStyle = ink;
  context.lineWidth = 1.5;
  context.setLineDash([2, 2]);
  context.stroke();
  context.setLineDash([]);
  context.font = '11px system-ui, sans-serif';
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  write(context, `twin without ${twin.text}`, px - 9, py, [ink, paper], taken);
}
