import { tick as settled } from 'svelte';
import { climbPaths, climbPlane } from '../../../analysis/climb/climb-over-time.ts';
import { drawClimbCosines, drawClimbPaths } from '../../../experiment/climb-figures.ts';
import { software } from '../../../export/software.ts';
import type { InstrumentContext } from '../../instruments/instrument-context.ts';
import { runMark } from '../../session/show-address.ts';
import type { Drawing } from '../../ui/save-svg.ts';
import { messageOf, whole } from '../../ui/words.ts';
import { drawSpecies } from '../draw-species.ts';
import { fetchView } from '../fetch-view.ts';
import { type PictureStyle, pictureStyle } from '../picture-style.ts';
import { blobOf, loadSvg } from '../rasterise.ts';
import { largestPlot, layPoster, type PosterPlot, plotRooms, posterSize, posterWorld } from './lay-poster.ts';

/** A poster of the present state: the world, its species and its climb, with what reproduces it. @throws {Error} without a view or a world */
export async function makePoster(
  page: InstrumentContext,
  kind: 'png' | 'svg',
): Promise<{ readonly file: Blob; readonly name: string }> {
  const { world, view, worker, looks } = page;
  const { text } = world;
  if (!view || !text) throw new Error('poster: this browser cannot draw the world');
  const playing = world.figures.playing;
  if (playing) await page.transport.pause();
  const style = pictureStyle(view.colours);
  const [data, climb, link] = await Promise.all([
    world.tree.refresh(),
    worker.analysis.climbs(text.populations[world.tree.population]?.name ?? ''),
    worker.run.writeLink(world.sceneName).catch(messageOf),
  ]);
  const { width, height, resolution } = posterWorld;
  const picture = document.createElement('canvas');
  [picture.width, picture.height] = [width, height];
  // As tree and Muller plot have them.
  const { palette } = looks;
  looks.palette = 'species';
  await settled();
  view.hold(width / resolution, height / resolution, resolution);
  try {
    const frame = await fetchView(page);
    picture.getContext('2d')?.drawImage(view.draw(), 0, 0, width, height);
    const figures = frame?.figures ?? world.figures;
    const measured = climb.windows.some(({ selection }) => !Number.isNaN(selection.cosine));
    const names = ['tree', 'muller', ...(measured ? (['climb'] as const) : [])] as const;
    const species = (plot: 'tree' | 'muller', { width: wide, height: high }: Room): Drawing | undefined => {
      const widthFor = (needed: number) => wide / Math.min(largestPlot, high / (needed + 8));
      return data && drawSpecies(page, data, { width: widthFor, most: 24, plot });
    };
    const tree = species('tree', plotRooms(names)[0]);
    const rooms = plotRooms(names, tree && largestPlot * tree.height);
    const drawings: Record<string, PosterPlot | undefined> = {
      tree: plotOf('Species', tree),
      muller: plotOf(
        world.tree.shares ? 'Shares of the living by species' : 'Living organisms by species',
        species('muller', rooms[1]),
      ),
      climb: measured ? plotOf('Climb', drawClimb(climb.windows, rooms[2], style)) : undefined,
    };
    const kept = rooms.filter(({ name }) => drawings[name] !== undefined);
    const plots = kept.map(({ name }) => drawings[name] as PosterPlot);
    const alive = figures.alive.map((count, i) => `${whole(count)} ${text.populations[i].title.toLowerCase()}`).join(', ');
    const words = {
      title: text.title,
      question: text.question,
      caption: `Tick ${whole(figures.tick)}, seed ${text.seed}, generation ${figures.generation.toFixed(1)}, ${alive}. ${software.name === 'upslope' ? 'Upslope' : software.name} ${software.version}`,
      link: typeof link === 'string' ? '' : `${location.origin}${location.pathname}${runMark}${link.text}`,
      notes: [
        ...(drawings.climb ? [] : ['Climb left out: it was not measured in this run.']),
        ...(drawings.muller ? [] : ['Muller plot left out: species were sampled less than twice.']),
        ...(typeof link === 'string' ? ['No link: this is a branch with its own seed.'] : []),
      ],
    };
    const name = `${text.name}-${text.seed}-${figures.tick}-poster`;
    if (kind === 'svg') {
      const svg = layPoster(words, plots, kept, picture.toDataURL('image/jpeg', 0.92), style);
      return { file: new Blob([svg, '\n'], { type: 'image/svg+xml' }), name: `${name}.svg` };
    }
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [posterSize.width, posterSize.height];
    const context = canvas.getContext('2d');
    context?.drawImage(await loadSvg(layPoster(words, plots, kept, '', style)), 0, 0);
    context?.drawImage(picture, posterWorld.x, posterWorld.y);
    return { file: await blobOf(canvas), name: `${name}.png` };
  } finally {
    view.release();
    if (page.world === world) looks.palette = palette;
    if (playing && page.world === world) await page.transport.play();
  }
}

type Room = ReturnType<typeof plotRooms>[number];

const plotOf = (title: string, drawing: Drawing | undefined): PosterPlot | undefined => drawing && { title, drawing };

/** The climb between censuses: paths on the plane of the gradient, or cosines where there are no paths. */
function drawClimb(windows: Parameters<typeof drawClimbCosines>[0], room: Room, style: PictureStyle): Drawing | undefined {
  const height = 260;
  const size = { width: (room.width * height) / room.height, height };
  const figure = { ...size, ink: style.ink, faint: style.faint };
  const plane = climbPlane(windows);
  const svg = (plane && drawClimbPaths(climbPaths(windows, plane, 4), figure)) ?? drawClimbCosines(windows, figure);
  return svg === undefined ? undefined : { svg, ...size };
}
