import { escapeXml } from '../../experiment/svg-chart.ts';
import { type PictureStyle, pictureFont } from './picture-style.ts';
import { type Body, drawBody } from './portrait.ts';

/** An organism on the sheet of a story. */
export interface SheetRow {
  /** Its body, relative size from 0 to 1, and colour `rgb(r g b)`; without a body a disc of that colour. */
  readonly body: Body | undefined;
  readonly size: number;
  readonly colour: string;
  readonly title: string;
  /** Lines below the title. */
  readonly lines: readonly string[];
}

const [width, top, side, lineHeight] = [960, 116, 112, 28];
/** Mean width of a character as a share of the size of its font, rather more than less. */
const characterWidth = 0.57;

/** A text cut where it would leave the sheet. */
function cut(text: string, x: number, size: number): string {
  const most = Math.floor((width - 24 - x) / (characterWidth * size));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** A story as one picture: portraits in a column, what changed beside them. */
export function storySheet(
  { title, place, rows }: { readonly title: string; readonly place: string; readonly rows: readonly SheetRow[] },
  style: PictureStyle,
): { readonly svg: string; readonly width: number; readonly height: number } {
  const parts: string[] = [];
  const words = (x: number, y: number, size: number, fill: string, text: string, more = '') =>
    `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}"${more}>${escapeXml(cut(text, x, size))}</text>`;
  let y = top;
  for (const [k, { body, size, colour, title: name, lines }] of rows.entries()) {
    const middle = y + side / 2;
    if (k > 0) parts.push(`<path d="M${48 + side / 2} ${y - 20}V${y}" stroke="${style.quiet}" stroke-width="2"/>`);
    parts.push(`<rect x="48" y="${y}" width="${side}" height="${side}" rx="8" fill="${style.soil}"/>`);
    parts.push(
      body
        ? `<g transform="translate(${48 + side / 2} ${middle}) rotate(-90) scale(${Math.round(37 * size * 100) / 100})">${drawBody(body, colour)}</g>`
        : `<circle cx="${48 + side / 2}" cy="${middle}" r="16" fill="${colour}"/>`,
    );
    parts.push(words(184, y + 26, 24, style.ink, name, ' font-weight="600"'));
    for (const [n, line] of lines.entries())
      parts.push(words(184, y + 26 + lineHeight * (n + 1), 20, n === 0 ? style.quiet : style.ink, line));
    y += Math.max(side, 26 + lineHeight * lines.length + 12) + 20;
  }
  const height = y + 24;
  return {
    width,
    height,
    svg: [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escapeXml(pictureFont)}">`,
      `<title>${escapeXml(`${title}, ${place}`)}</title>`,
      `<rect width="${width}" height="${height}" fill="${style.paper}"/>`,
      words(48, 56, 34, style.ink, title, ' font-weight="600"'),
      words(48, 90, 20, style.quiet, place),
      ...parts,
      '</svg>',
    ].join('\n'),
  };
}
