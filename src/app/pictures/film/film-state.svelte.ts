import { proxy } from 'comlink';
import { tick as settled } from 'svelte';
import type { InstrumentContext } from '../../instruments/instrument-context.ts';
import { download } from '../../ui/download.ts';
import { countOf, duration, size, whole } from '../../ui/words.ts';
import { drawSpecies } from '../draw-species.ts';
import { fetchView } from '../fetch-view.ts';
import { pictureStyle } from '../picture-style.ts';
import { loadSvg } from '../rasterise.ts';
import { type Box, drawCaption, drawInto, frameBoxes, halvesOf } from './draw-frame.ts';
import { beginFilm, type FilmKind, filmKinds } from './encode-film.ts';
import { bitsPerSecond, type FilmLayout, filmSizes, filmTicks, mostBytes } from './plan-film.ts';

/** Around the plots of species, CSS pixels. */
const padding = 12;

/** A film that is being made. */
export interface FilmProgress {
  readonly frame: number;
  readonly frames: number;
  readonly tick: number;
  readonly bytes: number;
  readonly remaining: string;
  readonly stage: 'run' | 'frames' | 'file';
}

/** A time-lapse film: the world is run from tick to tick, drawn at each, and written as a video. It continues without its panel. */
export class FilmState {
  /** First tick; null for the present one. */
  from = $state<number | null>(null);
  to = $state<number | null>(null);
  seconds = $state<number | null>(20);
  rate = $state<number | null>(30);
  layout = $state<FilmLayout>('world');
  sizeId = $state<(typeof filmSizes)[number]['id']>('720p');
  kind = $state<FilmKind>('webm');
  caption = $state(true);
  /** Kinds of files that this browser writes; undefined until that is known. */
  kinds = $state.raw<readonly FilmKind[]>();
  progress = $state.raw<FilmProgress>();
  private cancelled = false;

  constructor(private readonly page: InstrumentContext) {
    void this.look();
  }

  readonly size = $derived(filmSizes.find(({ id }) => id === this.sizeId) ?? filmSizes[0]);

  /** Ticks of the frames that the form requests, or the reason why they are not possible. */
  readonly plan = $derived.by((): { readonly ticks: readonly number[] } | { readonly problem: string } => {
    const now = this.page.world.figures.tick;
    const from = this.from ?? now;
    const [seconds, rate] = [this.seconds ?? 0, this.rate ?? 0];
    if (from < now) return { problem: `The world is at tick ${whole(now)}: begin there or later, or go back first.` };
    if (!(rate >= 1 && rate <= 60)) return { problem: 'Frames a second must be from 1 to 60.' };
    try {
      return { ticks: filmTicks(from, this.to ?? from + 3000, Math.round(seconds * rate)) };
    } catch (error) {
      const text = error instanceof Error ? error.message.replace(/^film: /, '') : String(error);
      return { problem: `${text[0].toUpperCase()}${text.slice(1)}.` };
    }
  });

  /** The film in one line. */
  readonly summary = $derived.by(() => {
    const { plan } = this;
    if ('problem' in plan) return plan.problem;
    const { ticks } = plan;
    const every = (ticks[ticks.length - 1] - ticks[0]) / (ticks.length - 1);
    const { width, height } = this.size;
    const apart = every === 1 ? 'every tick' : `one every ${every < 10 ? Math.round(every * 10) / 10 : whole(every)} ticks`;
    return `${countOf(ticks.length, 'frame')}, ${apart}, to tick ${whole(ticks[ticks.length - 1])}; at most about ${size(mostBytes(width, height, ticks.length))}.`;
  });

  private async look(): Promise<void> {
    const { width, height } = this.size;
    this.kinds = await filmKinds(width, height).catch(() => []);
    if (this.kinds.length > 0 && !this.kinds.includes(this.kind)) this.kind = this.kinds[0];
  }

  /** Gives up the film. The world stays where it is. */
  cancel(): void {
    this.cancelled = true;
    void this.page.worker.transport.pause();
  }

  /** Makes the film and saves it; the world is at its last tick then, the same as when it is played there. */
  async make(): Promise<void> {
    const { page, plan } = this;
    const { world, view, notices } = page;
    if (this.progress || 'problem' in plan || !world.text) return;
    if (!view) {
      notices.say({ text: 'No film can be made: this browser cannot draw the world.', kind: 'trouble' });
      return;
    }
    this.cancelled = false;
    const ending = new AbortController();
    // Before the page's own keys: what escape closes there stays open.
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.cancel();
    };
    addEventListener('keydown', onEscape, { capture: true, signal: ending.signal });
    const { palette } = page.looks;
    try {
      this.progress = {
        frame: 0,
        frames: plan.ticks.length,
        tick: world.figures.tick,
        bytes: 0,
        remaining: 'a while',
        stage: 'frames',
      };
      await page.transport.pause();
      await page.worker.transport.pauseAt([]);
      // The tree has the colours of species, and the world beside it the same.
      if (this.layout === 'tree') page.looks.palette = 'species';
      await settled();
      await this.film(plan.ticks);
    } catch (error) {
      notices.trouble(error);
    } finally {
      ending.abort();
      view.release();
      world.twins?.view?.release();
      if (page.world === world) page.looks.palette = palette;
      void page.worker.transport.pauseAt(page.notebook.pauseAt);
      this.progress = undefined;
    }
  }

  private async film(wanted: readonly number[]): Promise<void> {
    const { page, layout, size: chosen, caption } = this;
    const { world, view } = page;
    if (!view || !world.text) return;
    const isCurrent = world.moment();
    // The first tick may have passed until the world was paused.
    const { tick: now } = await page.worker.run.address();
    const ticks = wanted[0] >= now ? wanted : filmTicks(now, wanted[wanted.length - 1], wanted.length);
    const { width, height } = chosen;
    const rate = this.rate ?? 30;
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width, height];
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('film: this browser cannot draw pictures; try another one');
    const style = pictureStyle(view.colours);
    const boxes = frameBoxes(width, height, layout, caption);
    const encoder = await beginFilm(canvas, this.kind, rate, bitsPerSecond(width, height, rate));
    const { text } = world;
    // A twin is filmed beside its world.
    const twins = boxes.tree ? undefined : world.twins;
    const [box, twinBox] = twins?.view ? halvesOf(boxes.world) : [boxes.world, undefined];
    for (const one of [view, twinBox && twins?.view]) one?.hold(box.width / boxes.unit, box.height / boxes.unit, boxes.unit);
    const began = performance.now();
    let [made, bytesOf] = [0, 0];
    let last = now;
    const show = (at: number, stage: FilmProgress['stage']) => {
      const spent = (performance.now() - began) / 1000;
      const remaining = made > 2 ? duration((spent * (ticks.length - made)) / made) : 'a while';
      this.progress = { frame: made, frames: ticks.length, tick: at, bytes: bytesOf, remaining, stage };
    };
    const isOver = () => this.cancelled || !isCurrent() || page.down;
    const onWay = proxy((at: number) => show(at, made === 0 ? 'run' : 'frames'));
    for (const tick of ticks) {
      const reached = tick <= last || (await page.worker.transport.runTo(tick, onWay));
      if (isOver()) break;
      const frame = await fetchView(page);
      if (isOver() || !frame) break;
      if (twinBox) await twins?.fetch(frame.figures.tick);
      if (isOver()) break;
      const { figures } = frame;
      last = figures.tick;
      const plots = boxes.tree ? await this.species(boxes.tree, boxes.unit, ticks) : [];
      if (isOver()) break;
      context.fillStyle = style.paper;
      context.fillRect(0, 0, width, height);
      context.drawImage(view.draw(), box.x, box.y, box.width, box.height);
      if (twinBox && twins?.view) context.drawImage(twins.view.draw(), twinBox.x, twinBox.y, twinBox.width, twinBox.height);
      if (boxes.tree) drawSpeciesInto(context, plots, boxes.tree, boxes.unit);
      const alive = figures.alive.map((count, i) => ({ name: text.populations[i].title.toLowerCase(), count }));
      drawCaption(
        context,
        boxes.caption,
        boxes.unit,
        {
          title: twinBox && twins ? twins.titled(twinBox.x > 0) : text.title,
          tick: figures.tick,
          generation: figures.generation,
          alive,
        },
        style,
      );
      await encoder.add();
      made++;
      bytesOf = encoder.bytes;
      show(figures.tick, 'frames');
      // All are dead, or the world was paused: the film ends here.
      if (!reached) break;
    }
    if (isOver() || made === 0) {
      await encoder.cancel();
      page.notices.say({ text: `No film was saved. The world is at tick ${whole(world.figures.tick)}.`, kind: 'plain' });
      return;
    }
    show(last, 'file');
    const file = await encoder.finish((share) => {
      made = Math.round(share * ticks.length);
      show(last, 'file');
    });
    if (this.cancelled) return;
    // The next one begins here.
    this.to = null;
    const name = download(`${text.name}-${text.seed}-${ticks[0]}-${last}.${encoder.kind}`, [file], file.type);
    const end = last < ticks[ticks.length - 1] ? ` It ends at tick ${whole(last)}, where the world stopped.` : '';
    page.notices.say({
      text: `Saved as ${name}: ${countOf(made, 'frame')}, ${duration(made / rate)}, ${size(file.size)}.${end}`,
      kind: 'plain',
    });
  }

  /** The species tree and the Muller plot with the film's ticks as their axis; less where there is nothing to draw yet. */
  private async species(box: Box, unit: number, ticks: readonly number[]): Promise<HTMLImageElement[]> {
    const { page } = this;
    const data = await page.world.tree.refresh();
    if (!data) return [];
    const width = box.width / unit - 2 * padding;
    const shared = { width, from: 0, until: ticks[ticks.length - 1], most: 24 };
    const drawings = (['tree', 'muller'] as const).flatMap((plot) => drawSpecies(page, data, { ...shared, plot }) ?? []);
    return Promise.all(drawings.map(({ svg }) => loadSvg(svg)));
  }
}

/** The tree at the top, as large as fits, the Muller plot at the bottom. */
function drawSpeciesInto(
  context: CanvasRenderingContext2D,
  [tree, muller]: readonly HTMLImageElement[],
  box: Box,
  unit: number,
): void {
  const pad = padding * unit;
  const below = muller ? muller.naturalHeight * unit : 0;
  const room = { x: box.x + pad, y: box.y + pad, width: box.width - 2 * pad, height: box.height - 3 * pad - below };
  if (tree)
    drawInto(context, tree, tree.naturalWidth, tree.naturalHeight, {
      ...room,
      height: Math.min(room.height, tree.naturalHeight * unit),
    });
  if (muller)
    drawInto(context, muller, muller.naturalWidth, muller.naturalHeight, {
      ...room,
      y: box.y + box.height - pad - below,
      height: below,
    });
}
