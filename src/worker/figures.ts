import type { Status } from '../simulation/types.ts';
import type { CurrentRun } from './current-run.ts';
import type { Playback } from './playback.ts';
import type { RunHistory } from './run-history.ts';

/** The figures of the transport. */
export interface Figures {
  readonly tick: number;
  readonly status: Status;
  readonly playing: boolean;
  /** Ticks in about the last second of wall time. */
  readonly ticksPerSecond: number;
  /** Living organisms of each population, in the order of the world. */
  readonly alive: readonly number[];
  /** Mean generation of the living, over all populations. */
  readonly generation: number;
  /** Numbers of changes and notices so far; when they increase, the page requests the log. */
  readonly changes: number;
  readonly notices: number;
  /** The error in a step that has stopped the world, in one line; '' otherwise. */
  readonly trouble: string;
  /** Increases when snapshots are kept or dropped, lines begin or the world goes back; the page then requests the history of snapshots. */
  readonly snapshots: number;
  /** Number of events of species so far. */
  readonly speciesEvents: number;
  /** Increases when the hues of species begin to move; the page then requests them. */
  readonly hues: number;
  /** Number of fossils kept so far. */
  readonly fossils: number;
  /** Number of windows between two censuses that were closed so far. */
  readonly censuses: number;
  /** Number of events worth keeping so far. */
  readonly moments: number;
}

/** The figures of the present run. Reads only. */
export function readFigures(current: CurrentRun, history: RunHistory, playback: Playback): Figures {
  const { world, changes, recorded } = current.require();
  let organisms = 0;
  let generations = 0;
  for (const { table } of world.populations) {
    const generation = table.u32('generation');
    for (let row = 0; row < table.count; row++) generations += generation[row];
    organisms += table.count;
  }
  const { player, happened } = playback;
  return {
    tick: world.tick,
    status: world.status,
    playing: player.playing,
    ticksPerSecond: player.rate,
    alive: world.populations.map(({ table }) => table.count),
    generation: organisms === 0 ? 0 : generations / organisms,
    changes: changes.count,
    notices: world.notices.length,
    trouble: player.trouble,
    snapshots: history.version,
    moments: happened.length,
    ...recorded,
  };
}
