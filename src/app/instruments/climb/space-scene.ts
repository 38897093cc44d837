import type { ScaleLinear } from 'd3-scale';
import type { GenomeSpace } from '../../../analysis/gains/genome-space.ts';
import type { Cloud } from '../../../worker/topics/climb.ts';
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
