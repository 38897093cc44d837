// The marks of the timeline: changes, edits, extinctions, and splits of species.

import type { SpeciesEvent } from '../../record/types.ts';
import { isAct } from '../../scene/act-path.ts';
import type { SnapshotsText } from '../../worker/snapshot-history.ts';
import type { Log } from '../../worker/topics/parameters.ts';
import { type SpeciesNames, speciesName } from '../ui/describe-species.ts';
import { whole } from '../ui/words.ts';

export type MarkKind = 'change' | 'act' | 'extinction' | 'capacity' | 'split' | 'merge' | 'species-end' | 'branch';

/** An event, as the timeline shows it. */
export interface Mark {
  readonly tick: number;
  readonly kind: MarkKind;
  readonly text: string;
}

/** Shapes on a field from -5 to 5 in both directions: marks can be distinguished without colour. */
export const markShapes: Readonly<Record<MarkKind, string>> = {
  change: 'M0 -4.5 L4.5 0 L0 4.5 L-4.5 0 Z',
  act: 'M-4.5 0 L-1.5 -1.5 L0 -4.5 L1.5 -1.5 L4.5 0 L1.5 1.5 L0 4.5 L-1.5 1.5 Z',
  extinction: 'M-4.5 -4 H4.5 L0 4.5 Z',
  capacity: 'M-4 -4 H4 V4 H-4 Z',
  split: 'M-0.8 4.5 V0.5 L-4.5 -3.3 L-3.3 -4.5 L0 -1.2 L3.3 -4.5 L4.5 -3.3 L0.8 0.5 V4.5 Z',
  merge: 'M-0.8 -4.5 V-0.5 L-4.5 3.3 L-3.3 4.5 L0 1.2 L3.3 4.5 L4.5 3.3 L0.8 -0.5 V-4.5 Z',
  'species-end':
    'M-4.5 -3.3 L-3.3 -4.5 L0 -1.2 L3.3 -4.5 L4.5 -3.3 L1.2 0 L4.5 3.3 L3.3 4.5 L0 1.2 L-3.3 4.5 L-4.5 3.3 L-1.2 0 Z',
  branch: 'M-4 -4.5 L4.5 0 L-4 4.5 L-1.5 0 Z',
};

function ofSpecies({ tick, kind, species, other }: SpeciesEvent, names: SpeciesNames): Mark | undefined {
  const name = speciesName(species, names);
  // A first species exists from the beginning; any other one begins with a split, which is marked.
  if (kind === 'origin') return undefined;
  if (kind === 'split') return { tick, kind, text: `species ${name} splits from ${speciesName(other, names)}` };
  if (kind === 'merge') return { tick, kind, text: `species ${name} merges into ${speciesName(other, names)}` };
  return { tick, kind: 'species-end', text: `species ${name} dies out` };
}

/** Everything that the timeline marks, in the order of ticks. */
export function timelineMarks(
  log: Log,
  events: readonly SpeciesEvent[],
  snapshots: SnapshotsText | undefined,
  names: SpeciesNames = new Map(),
): Mark[] {
  const marks: Mark[] = [
    // A notice describes edits by hand.
    ...log.changes
      .filter(({ path }) => !isAct(path))
      .map(({ at, path, value }) => ({ tick: at, kind: 'change' as const, text: `${path} = ${JSON.stringify(value)}` })),
    ...log.notices.flatMap(({ tick, kind, text }) => (kind === 'change' ? [] : [{ tick, kind, text }])),
    ...events.map((event) => ofSpecies(event, names)).filter((mark) => mark !== undefined),
  ];
  for (const { id, parent, from, seed } of snapshots?.lines ?? []) {
    if (snapshots && parent === snapshots.line)
      marks.push({ tick: from, kind: 'branch', text: `another line leaves here (seed ${seed})` });
    else if (snapshots && id === snapshots.line && parent >= 0)
      marks.push({ tick: from, kind: 'branch', text: 'this line left another here' });
  }
  return marks.sort((a, b) => a.tick - b.tick);
}

/** A place on the timeline with all marks that would overlap there. */
export interface MarkGroup {
  readonly x: number;
  readonly kind: MarkKind;
  readonly text: string;
}

/** Joins marks that are nearer than `least` pixels to the first of a group into one, whose text lists up to three of them. */
export function groupMarks(marks: readonly Mark[], xOf: (tick: number) => number, least: number): MarkGroup[] {
  const groups: Mark[][] = [];
  for (const mark of marks) {
    const last = groups.at(-1);
    if (last && xOf(mark.tick) - xOf(last[0].tick) < least) last.push(mark);
    else groups.push([mark]);
  }
  return groups.map((group) => {
    const texts = group.slice(0, 3).map(({ tick, text }) => `tick ${whole(tick)}: ${text}`);
    if (group.length > 3) texts.push(`and ${group.length - 3} more`);
    return { x: xOf(group[0].tick), kind: group[0].kind, text: texts.join('; ') };
  });
}
