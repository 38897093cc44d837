// Lays out a poster: words, the world, and plots beside it, as one SVG.

import { escapeXml } from '../../../experiment/svg-chart.ts';
import type { Drawing } from '../../ui/save-svg.ts';
import { type PictureStyle, pictureFont } from '../picture-style.ts';

/** Pixels of a poster. */
export const posterSize = { width: 3840, height: 2160 } as const;
const margin = 96;
const top = 330;
const bottom = 1930;
/** Where the world is, pixels, and pixels in a CSS pixel of its drawing. */
export const posterWorld = { x: margin, y: top, width: 2240, height: bottom - top, resolution: 2 } as const;
const column = { x: 2440, width: posterSize.width - margin - 2440 } as const;
/** Above a plot, pixels. */
const heading = 58;
/** Between two plots, pixels. */
const gap = 24;
/** Most characters of a link that is printed. */
const longestPrintedLink = 300;

/** A plot beside the world. */
export interface PosterPlot {
  readonly title: string;
  readonly drawing: Drawing;
}

export interface PosterText {
  readonly title: string;
  readonly question: string;
  /** Tick, seed and what else identifies the state. */
  readonly caption: string;
  /** Address that reproduces it, or ''. */
  readonly link: string;
  /** What is left out, and why. */
  readonly notes: readonly string[];
}

/** Pixels in a CSS pixel of a plot at most: a tree of two species is not blown up. */
export const largestPlot = 2.6;
type PlotName = 'tree' | 'muller' | 'climb';
const weight: Readonly<Record<PlotName, number>> = { tree: 4, muller: 3, climb: 4 };

/** Pixels of plots one below the other. @param treeHeight pixels that the tree needs: what it leaves is for the others */
export function plotRooms(
  names: readonly PlotName[],
  treeHeight = Number.POSITIVE_INFINITY,
): readonly { readonly name: PlotName; readonly y: number; readonly width: number; readonly height: number }[] {
  const sum = (some: readonly PlotName[]) => some.reduce((all, name) => all + weight[name], 0);
  const free = bottom - top - names.length * heading - (names.length - 1) * gap;
  const tree = names.includes('tree') ? Math.min(treeHeight, (free * weight.tree) / sum(names)) : 0;
  const others = sum(names.filter((name) => name !== 'tree'));
  let y = top;
  return names.map((name) => {
    const height = name === 'tree' ? tree : ((free - tree) * weight[name]) / others;
    const room = { name, y: y + heading, width: column.width, height };
    y += heading + height + gap;
    return room;
  });
}

/** A text in lines of at most `most` characters; the last one ends with an ellipsis where there is more. */
export function linesOf(text: string, most: number, lines: number): string[] {
  const made: string[] = [];
  for (const word of text.split(' ').filter((one) => one !== '')) {
    const last = made.length - 1;
    if (made.length > 0 && made[last].length + 1 + word.length <= most) made[last] += ` ${word}`;
    else if (made.length < lines) made.push(word);
    else {
      made[last] += ' …';
      break;
    }
  }
  return made;
}

/** An SVG as a part of another one, as large as it fits into a rectangle. */
function placed({ svg, width, height }: Drawing, x: number, y: number, wide: number, high: number): string {
  const scale = Math.min(wide / width, high / height);
  const inside = svg.replace(/^<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '');
  return `<svg x="${x}" y="${y}" width="${width * scale}" height="${height * scale}" viewBox="0 0 ${width} ${height}" font-size="11">${inside}</svg>`;
}

/**
 * A poster as an SVG of 3840 by 2160 pixels: words, the world at the left, plots one below the other at the right.
 * @param picture address of the picture of the world, or '' to leave its place free
 */
export function layPoster(
  text: PosterText,
  plots: readonly PosterPlot[],
  rooms: ReturnType<typeof plotRooms>,
  picture: string,
  style: PictureStyle,
): string {
  const { width, height } = posterSize;
  const words = (x: number, y: number, size: number, fill: string, what: string, more = '') =>
    `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}"${more}>${escapeXml(what)}</text>`;
  const { x, y, width: wide, height: high } = posterWorld;
  const link = text.link === '' || text.link.length > longestPrintedLink ? [] : (text.link.match(/.{1,150}/g) ?? []);
  const printed = link
    .map((part, i) => words(margin, 2084 + 38 * i, 30, style.quiet, part, ' font-family="ui-monospace, monospace"'))
    .join('');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escapeXml(pictureFont)}">`,
    `<title>${escapeXml(`${text.title}: ${text.caption}`)}</title>`,
    `<rect width="${width}" height="${height}" fill="${style.paper}"/>`,
    words(margin, 176, 104, style.ink, text.title, ' font-weight="650"'),
    ...linesOf(text.question, 150, 2).map((part, i) => words(margin, 254 + 50 * i, 46, style.quiet, part)),
    picture === ''
      ? ''
      : `<image x="${x}" y="${y}" width="${wide}" height="${high}" preserveAspectRatio="none" href="${escapeXml(picture)}"/>`,
    ...plots.map(({ title, drawing }, i) => {
      const room = rooms[i];
      return (
        words(column.x, room.y - 18, 34, style.ink, title, ' font-weight="600"') +
        placed(drawing, column.x, room.y, room.width, room.height)
      );
    }),
    words(margin, 2024, 44, style.ink, text.caption),
    printed === '' ? '' : `<a href="${escapeXml(text.link)}">${printed}</a>`,
    ...text.notes.map((note, i) => words(width - margin, 2024 + 42 * i, 30, style.quiet, note, ' text-anchor="end"')),
    '</svg>',
  ].join('\n');
}
