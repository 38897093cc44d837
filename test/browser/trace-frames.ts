import type { Page } from 'playwright-core';

/** What the browser's trace has of one piece of work; microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Processor time of the thread: without what other threads took away. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Milliseconds from a trace; of processor time, so that other work of the machine does not count, but for raster. */
export interface TracedFrames {
  readonly frames: number;
  /** Script of the page's own thread from one frame to the next: messages, timers, keys and the frame itself. */
  readonly script: { readonly median: number; readonly p95: number; readonly longest: number };
  /** The longest single call of script. */
  readonly longestCall: number;
  /** Style, layout and paint of the page, a frame. */
  readonly layout: number;
  /** How long the process that draws is busy with a frame: in software it waits there for the processors that rasterise. */
  readonly raster: number;
}

const scripts = new Set([
  'FunctionCall',
  'EvaluateScript',
  'FireAnimationFrame',
  'TimerFire',
  'EventDispatch',
  'HandlePostMessage',
]);
const layouts = new Set(['UpdateLayoutTree', 'Layout', 'PrePaint', 'Paint', 'Layerize', 'Commit']);
const frame = 'FireAnimationFrame';

const milliseconds = ({ tdur, dur = 0 }: TraceEvent) => (tdur ?? dur) / 1000;
const round = (value: number) => Math.round(value * 100) / 100;

/** Those that lie in no other of the same list. */
function outermost(events: readonly TraceEvent[]): TraceEvent[] {
  const found: TraceEvent[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const event of events.toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))) {
    if (event.ts < end) continue;
    found.push(event);
    end = event.ts + (event.dur ?? 0);
  }
  return found;
}

/** Records a trace of a page while something is awaited, and says what its frames cost. */
export async function traceFrames<T>(page: Page, meanwhile: () => Promise<T>): Promise<{ result: T; traced: TracedFrames }> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', 'toplevel', '__metadata'] },
  });
  const result = await meanwhile();
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return { result, traced: readTrace(events) };
}

function readTrace(events: readonly TraceEvent[]): TracedFrames {
  const threads = new Map(
    events.filter(({ name }) => name === 'thread_name').map(({ pid, tid, args }) => [`${pid}/${tid}`, args?.name]),
  );
  const done = events.filter(({ ph }) => ph === 'X');
  // The page's thread is the one of its kind that draws frames.
  const counts = new Map<string, number>();
  for (const { name, pid, tid } of done) {
    const key = `${pid}/${tid}`;
    if (name === frame && threads.get(key) === 'CrRendererMain') counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const own = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
  const mine = done.filter(({ pid, tid }) => `${pid}/${tid}` === own);
  const starts = mine
    .filter(({ name }) => name === frame)
    .map(({ ts }) => ts)
    .sort((a, b) => a - b);
  const calls = outermost(mine.filter(({ name }) => scripts.has(name)));
  const sums = new Array<number>(Math.max(0, starts.length - 1)).fill(0);
  let place = 0;
  for (const call of calls) {
    while (place < starts.length && call.ts >= starts[place]) place++;
    // Before the first frame and after the last one gaps are not whole.
    if (place >= 1 && place < starts.length) sums[place - 1] += milliseconds(call);
  }
  sums.sort((a, b) => a - b);
  const total = (some: readonly TraceEvent[]) => some.reduce((sum, event) => sum + milliseconds(event), 0);
  const raster = done.filter(({ name, pid, tid }) => name.endsWith('RunTask') && threads.get(`${pid}/${tid}`) === 'CrGpuMain');
  const each = Math.max(1, starts.length);
  return {
    frames: starts.length,
    script: {
      median: round(sums[sums.length >> 1] ?? 0),
      p95: round(sums[Math.floor(sums.length * 0.95)] ?? 0),
      longest: round(sums.at(-1) ?? 0),
    },
    longestCall: round(Math.max(0, ...calls.map(milliseconds))),
    layout: round(total(outermost(mine.filter(({ name }) => layouts.has(name)))) / each),
    raster: round(outermost(raster).reduce((sum, { dur = 0 }) => sum + dur / 1000, 0) / each),
  };
}
