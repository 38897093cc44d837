import { drawLineages, drawPath } from './draw-lineages.ts';
import { drawCloud, drawMean, drawTwin, nameTwin } from './draw-living.ts';
import { type Box, placeLabel } from './place-label.ts';
import type { SpaceScene, SpaceStyle } from './space-scene.ts';
import { boxOf, writeLabel } from './write-label.ts';

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
  const taken: Box[] = [];
  drawTwin(context, scene, style);
  if (cloud) drawCloud(context, scene, style);
  if (picture) drawLineages(context, picture.pieces, scene.pointed, style);
  if (picture) drawPath(context, picture, style, taken);
  drawSwitches(context, scene, style, taken);
  nameTwin(context, scene, style, taken);
  if (cloud) drawMean(context, scene, style, taken);
  context.restore();
  drawNames(context, style);
  if (last && last.byChance > 0) nameBand(context, style, y(last.byChance), y(-last.byChance), taken);
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
    writeLabel(context, text, width - margin.right - 4, y(at) - 2, [ink, paper], taken);
  }
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
