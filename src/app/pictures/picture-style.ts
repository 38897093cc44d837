import { figureColours } from '../../experiment/svg-chart.ts';
import type { ViewColours } from '../../view/view-colours.ts';

/** Colours of a picture in a file, as every program reads them. */
export interface PictureStyle {
  readonly paper: string;
  readonly ink: string;
  readonly quiet: string;
  readonly faint: string;
  /** The world's bare ground. */
  readonly soil: string;
  readonly lines: readonly string[];
}

export const pictureFont = 'system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif';

const css = (colour: readonly number[]) =>
  `rgb(${colour
    .slice(0, 3)
    .map((share) => Math.round(share * 255))
    .join(',')})`;
const between = (a: readonly number[], b: readonly number[], t: number) => css(a.map((value, i) => value + (b[i] - value) * t));

/** The colours of a view, for files. */
export function pictureStyle({ desk, ink, soil }: ViewColours): PictureStyle {
  return {
    paper: css(desk),
    ink: css(ink),
    quiet: between(ink, desk, 0.3),
    faint: between(desk, ink, 0.18),
    soil: css(soil),
    lines: figureColours,
  };
}
