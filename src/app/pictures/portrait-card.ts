import { escapeXml } from '../../experiment/svg-chart.ts';
import { type PictureStyle, pictureFont } from './picture-style.ts';
import { type Body, drawBody } from './portrait.ts';

/** Pixels of a card. */
export const cardSize = { width: 960, height: 1200 } as const;
/** Most numbers below a portrait. */
const most = 8;

export interface CardText {
  /** What it is: Forager 1234. */
  readonly title: string;
  /** Where it lives: scene, seed, tick. */
  readonly place: string;
  /** Its numbers, the most important first. */
  readonly numbers: readonly { readonly name: string; readonly value: string }[];
}

/** A portrait with a few numbers below it, as an SVG. @param colour `rgb(r g b)` */
export function portraitCard(body: Body, colour: string, { title, place, numbers }: CardText, style: PictureStyle): string {
  const { width, height } = cardSize;
  const words = (x: number, y: number, size: number, fill: string, text: string, more = '') =>
    `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}"${more}>${escapeXml(text)}</text>`;
  const table = numbers.slice(0, most).flatMap(({ name, value }, i) => {
    const x = i % 2 === 0 ? 48 : 504;
    const y = 1030 + 44 * Math.floor(i / 2);
    return [words(x, y, 26, style.quiet, name), words(x + 408, y, 26, style.ink, value, ' text-anchor="end" font-weight="600"')];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escapeXml(pictureFont)}">`,
    `<title>${escapeXml(`${title}, ${place}`)}</title>`,
    `<rect width="${width}" height="${height}" fill="${style.paper}"/>`,
    `<rect x="24" y="24" width="912" height="852" rx="12" fill="${style.soil}"/>`,
    `<g transform="translate(480 450) rotate(-90) scale(300)">${drawBody(body, colour)}</g>`,
    words(48, 940, 42, style.ink, title, ' font-weight="600"'),
    words(48, 980, 26, style.quiet, place),
    ...table,
    '</svg>',
  ].join('\n');
}
