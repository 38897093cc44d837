// The species tree and the Muller plot as pictures, for posters and exports.

import { scaleLinear } from 'd3-scale';
import { flushSync, mount, unmount } from 'svelte';
import { colourScale, cssColour } from '../../view/colour-scale.ts';
import type { Phylogeny } from '../../worker/report-phylogeny.ts';
import type { InstrumentContext } from '../instruments/instrument-context.ts';
import { chooseSpecies } from '../instruments/tree/choose-species.ts';
import { layMuller } from '../instruments/tree/lay-muller.ts';
import { layTree } from '../instruments/tree/lay-tree.ts';
import MullerPlot from '../instruments/tree/MullerPlot.svelte';
import TreePlot from '../instruments/tree/TreePlot.svelte';
import { type Drawing, joinPlots } from '../ui/save-svg.ts';
import { drawBody } from './portrait.ts';

export interface SpeciesOptions {
  /** CSS pixels, or a rule by the height that the plot takes. */
  readonly width: number | ((height: number) => number);
  /** Ticks of the axis. */
  readonly from?: number;
  readonly until?: number;
  /** Most species that are drawn, without ancestors. */
  readonly most: number;
  readonly plot: 'tree' | 'muller';
}

/** Height of a tree of some rows, and of the Muller plot, CSS pixels, as their components have them. */
const treeHeight = (rows: number) => 6 + rows * 20 + 30;
const mullerHeight = 190;

/** The species tree or the Muller plot of the present world, as the instrument draws it; undefined while there is nothing to draw. */
export function drawSpecies(
  { world, looks }: Pick<InstrumentContext, 'world' | 'looks'>,
  data: Phylogeny,
  { width: wanted, from, until, most, plot }: SpeciesOptions,
): Drawing | undefined {
  const { tree } = world;
  const { drawn, countedAt } = chooseSpecies(data.species, tree.population, most);
  const rows = layTree(drawn, data.tick);
  if (rows.length === 0) return undefined;
  const height = plot === 'muller' ? mullerHeight : treeHeight(rows.length);
  const width = typeof wanted === 'number' ? wanted : Math.max(160, wanted(height));
  const left = 42;
  const first = from ?? Math.min(...rows.map((row) => row.from), data.tick);
  const x = scaleLinear([first, Math.max(first + 1, until ?? data.tick)], [left, Math.max(left + 60, width - 10)]);
  const scale = colourScale('species', looks.theme, looks.sequential);
  const colourOf = (species: number) => cssColour(scale, tree.hues.get(species) ?? 0);
  const bodyOf = (species: number) => {
    const body = data.bodies.get(species);
    return body && drawBody(body, colourOf(species));
  };
  const shared = { tree, pin: () => {}, x, width, colourOf, cursor: undefined };
  const layout = plot === 'muller' ? layMuller(data.looks, tree.population, drawn, countedAt, tree.shares) : undefined;
  if (layout && layout.ticks.length < 2) return undefined;
  const target = document.createElement('div');
  target.hidden = true;
  document.body.append(target);
  const made = layout
    ? mount(MullerPlot, { target, props: { ...shared, layout } })
    : mount(TreePlot, { target, props: { ...shared, bodyOf, rows, isTall: () => true } });
  try {
    flushSync();
    const found = target.querySelector('svg');
    return found ? joinPlots([{ plot: found, width, height }], 'Species', '') : undefined;
  } finally {
    void unmount(made);
    target.remove();
  }
}
