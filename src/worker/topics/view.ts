// The topic of the worker from which the page draws: organisms, ground and heights.

import { transfer } from 'comlink';
import { onLandscape } from '../../simulation/kinds.ts';
import type { Palette } from '../colour-value.ts';
import type { CurrentRun } from '../current-run.ts';
import { type Figures, readFigures } from '../figures.ts';
import { type Highlight, Highlighter } from '../highlighter.ts';
import type { PlaneChoice } from '../landscape/choose-plane.ts';
import { type GenomePicture, genomePicture } from '../landscape/genome-picture.ts';
import type { LandscapeFrame, LandscapeRequest, LandscapeShow } from '../landscape/landscape-show.ts';
import type { LifeEventKind } from '../life-event-kinds.ts';
import { LifeEvents } from '../life-events.ts';
import type { Playback } from '../playback.ts';
import type { RunHistory } from '../run-history.ts';
import { writeFrame } from '../write-frame.ts';
import { type GroundFrame, writeGround } from '../write-ground.ts';

export interface FrameRequest {
  /** Comes back with the frame, filled; a larger one if it is too small. */
  readonly buffer: ArrayBuffer;
  readonly palette: Palette;
  /** Without it no organism is highlighted. */
  readonly highlight?: Highlight | undefined;
  /** Kinds of life events that are wanted beside the organisms, to be drawn or heard. */
  readonly events?: readonly LifeEventKind[];
  /** Whether the twin is to stop at this tick until its frame has been taken. */
  readonly hold?: boolean;
  /** Stamp of the frame that is shown now: if nothing has changed since, the answer is `fresh: false`. */
  readonly shown: string;
}

/** The current organisms. Everything but the buffer is small. */
export interface Frame {
  readonly buffer: ArrayBuffer;
  /** False if the buffer was not written because nothing has changed. */
  readonly fresh: boolean;
  readonly stamp: string;
  /** Organisms that the buffer has room for: ids begin at `capacity * frameStride * 4` bytes. */
  readonly capacity: number;
  readonly count: number;
  /** Values at the ends of the colour scale, if they depend on the living organisms. */
  readonly range?: readonly [number, number];
  /** On a landscape, the plane of the places: changes whenever the places change. */
  readonly plane?: string;
  /** What has happened since the former frame: see `LifeEvents.take`. Left out where nothing is wanted, or nothing happened. */
  readonly events?: Float64Array;
  readonly figures: Figures;
}

/** What the page draws of the present state. It reads only. */
export class ViewTopic {
  private readonly lit = new Highlighter();
  private readonly lifeEvents = new LifeEvents();

  constructor(
    private readonly current: CurrentRun,
    private readonly history: RunHistory,
    private readonly playback: Playback,
    private readonly show: LandscapeShow,
  ) {
    current.onLeave(() => this.lifeEvents.forget());
  }

  /** The current organisms, with the figures of the run. */
  frame({ buffer, palette, highlight, shown, hold = false, events = [] }: FrameRequest): Frame {
    const run = this.current.require();
    const { world } = run;
    this.playback.see();
    if (hold) this.playback.tether?.hold(world.tick);
    const plane = onLandscape(world) ? this.show.planeOf(world) : undefined;
    const look = `${palette} ${JSON.stringify(highlight ?? null)} ${plane ? this.show.stamp : ''}`;
    const stamp = `${this.current.serial} ${world.tick} ${look}`;
    if (stamp === shown) {
      return transfer({ buffer, fresh: false, stamp, capacity: 0, count: 0, figures: this.figures() }, [buffer]);
    }
    // Species are known once the record has begun; the first frame does without it.
    if (palette === 'species') void run.record;
    const { floats, ...written } = writeFrame(world, palette, buffer, run.hues, plane);
    this.lit.write(run, highlight, floats);
    // On a landscape places are genomes, and lives are a few ticks long.
    const happened = this.lifeEvents.take(run, plane ? [] : events);
    const shownIn = plane ? { plane: this.show.stamp } : {};
    return transfer(
      {
        ...written,
        ...shownIn,
        ...(happened.length > 0 ? { events: happened } : {}),
        fresh: true,
        stamp,
        figures: this.figures(),
      },
      [written.buffer],
    );
  }

  ground(buffer: ArrayBuffer): GroundFrame {
    const ground = writeGround(this.current.require().world, buffer);
    return transfer(ground, [ground.buffer]);
  }

  /** The plane of genome space that is shown. @throws {Error} for a world that is not on a landscape */
  landscape(request: LandscapeRequest): LandscapeFrame {
    const { world, recorder } = this.current.require();
    if (!onLandscape(world) || !recorder.landscape) throw new Error('this world has no landscape');
    const stamp = `${this.current.serial} ${world.tick} ${world.changes.length}`;
    const frame = this.show.frame(world, recorder.landscape, stamp, request);
    return transfer(frame, [frame.buffer]);
  }

  /** Genomes of at most this many of the living. @throws {Error} for a world that is not on a landscape */
  genomes(most: number): GenomePicture {
    const { world } = this.current.require();
    if (!onLandscape(world)) throw new Error('this world has no landscape');
    const picture = genomePicture(world, most);
    return transfer(picture, [picture.values.buffer as ArrayBuffer]);
  }

  /** Shows another plane, or the same again, for the present population. @throws {Error} for a world that is not on a landscape */
  choosePlane(choice: PlaneChoice): void {
    const { world } = this.current.require();
    if (!onLandscape(world)) throw new Error('plane: this world has no landscape');
    this.show.choose(world, choice);
  }

  private figures(): Figures {
    return readFigures(this.current, this.history, this.playback);
  }
}
