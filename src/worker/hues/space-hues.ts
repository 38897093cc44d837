// Where on the colour circle lines of descent lie, spaced by those that live now: kin beside each other, unrelated ones far apart.

/** A line of descent: the descendants of a founder, those of a later organism, or a species. */
export interface Line {
  readonly id: number;
  /** Line that it left, -1 for a first one. */
  readonly parent: number;
  /** Tick at which it left its parent. */
  readonly since: number;
  /** Living members; a line without any may be there as the ancestor of others. */
  readonly count: number;
}

const golden = 0.618_033_988_749_895;
/** Where the circle begins if nothing was shown before, in turns: an orange, which is seen on grass and on both themes. */
const beginning = 0.08;
/** Least room of a line as a share of that of a line to which all belong: one organism of many is still distinguished. */
const leastRoom = 0.05;
/** Room between lines that parted just now, as a share of the room between unrelated ones. */
const nearest = 0.35;

/** A place on the circle by number alone, in turns: consecutive ones lie a golden angle apart, so that they differ. */
export function hueOfNumber(id: number): number {
  const turn = beginning + id * golden;
  return turn - Math.floor(turn);
}

/** The shorter way from one hue to another, in turns: from -1/2 to 1/2. */
export function wayBetween(from: number, to: number): number {
  const way = to - from;
  return way - Math.round(way);
}

/**
 * Hues for the living lines, in turns, by id. The circle is filled in the order of the tree, which never changes while lines are
 * added or end. Between two neighbours there is room by the square roots of their numbers, and the less of it the later they parted.
 * The whole is turned so that hues shown before move as little as possible, in the mean over organisms.
 * @param now tick
 * @param before hue that a line has now; undefined for one that was not shown
 */
export function spaceHues(
  lines: readonly Line[],
  now: number,
  before: (id: number) => number | undefined = () => undefined,
): Map<number, number> {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const living = inTreeOrder(lines, byId).filter(({ count }) => count > 0);
  const total = living.reduce((sum, { count }) => sum + count, 0);
  const ages = living.map((line, i) => {
    const tick = partedAt(line, living[(i + 1) % living.length], byId);
    return tick === undefined ? undefined : now - tick;
  });
  const oldest = ages.includes(undefined) ? now : Math.max(...ages.map((age) => age ?? 0));
  const room = ({ count }: Line) => Math.max(leastRoom, Math.sqrt(count / total));
  const places: number[] = [];
  let filled = 0;
  for (const [i, line] of living.entries()) {
    places.push(filled);
    const age = ages[i];
    const apart = age === undefined || oldest <= 0 ? 1 : nearest + (1 - nearest) * Math.min(1, age / oldest);
    filled += ((room(line) + room(living[(i + 1) % living.length])) / 2) * apart;
  }
  let [x, y] = [0, 0];
  for (const [i, { id, count }] of living.entries()) {
    const shown = before(id);
    if (shown === undefined) continue;
    const angle = 2 * Math.PI * (shown - places[i] / filled);
    x += count * Math.cos(angle);
    y += count * Math.sin(angle);
  }
  const turn = x === 0 && y === 0 ? beginning : Math.atan2(y, x) / (2 * Math.PI);
  return new Map(
    living.map(({ id }, i) => {
      const hue = turn + places[i] / filled;
      return [id, hue - Math.floor(hue)];
    }),
  );
}

/** Each line before those that left it, of these the latest first; first lines by their numbers around the circle. */
function inTreeOrder(lines: readonly Line[], byId: ReadonlyMap<number, Line>): Line[] {
  const first: Line[] = [];
  const children = new Map<number, Line[]>();
  for (const line of lines) {
    if (!byId.has(line.parent)) first.push(line);
    else {
      const siblings = children.get(line.parent);
      if (siblings) siblings.push(line);
      else children.set(line.parent, [line]);
    }
  }
  // A stack: what is to come first is pushed last.
  const waiting = first.sort((a, b) => hueOfNumber(b.id) - hueOfNumber(a.id) || b.id - a.id);
  const ordered: Line[] = [];
  for (let line = waiting.pop(); line; line = waiting.pop()) {
    ordered.push(line);
    const left = children.get(line.id) ?? [];
    waiting.push(...left.sort((a, b) => a.since - b.since || a.id - b.id));
  }
  return ordered;
}

/** Tick at which the ancestors of two lines parted; undefined if they are unrelated. */
function partedAt(one: Line, other: Line, byId: ReadonlyMap<number, Line>): number | undefined {
  if (one.parent < 0 && other.parent < 0) return undefined;
  /** Lines above the first, each with the tick at which its ancestor left that line. */
  const above = new Map<number, number>();
  let left = Number.POSITIVE_INFINITY;
  for (let at: Line | undefined = one; at; at = byId.get(at.parent)) {
    above.set(at.id, left);
    left = at.since;
  }
  left = Number.POSITIVE_INFINITY;
  for (let at: Line | undefined = other; at; at = byId.get(at.parent)) {
    const found = above.get(at.id);
    if (found !== undefined) return Math.min(found, left);
    left = at.since;
  }
  return undefined;
}
