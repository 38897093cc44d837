/** Milliseconds without a touch after which a page is idle. */
export const idleMilliseconds = 60_000;

/** Reports when the page has not been touched for a minute, and when it is touched again. */
export class IdleWatch {
  private touchedAt: number;
  private idle = false;

  constructor(
    private readonly now: () => number,
    private readonly change: (idle: boolean) => void,
  ) {
    this.touchedAt = now();
  }

  /** A key, a pointer or a wheel. */
  touch(): void {
    this.touchedAt = this.now();
    if (!this.idle) return;
    this.idle = false;
    this.change(false);
  }

  /** Looks at the clock. @param allowed false where nothing should begin automatically: the minute then begins again */
  look(allowed: boolean): void {
    if (!allowed) this.touch();
    else if (!this.idle && this.now() - this.touchedAt >= idleMilliseconds) {
      this.idle = true;
      this.change(true);
    }
  }
}

const touches = ['pointerdown', 'pointermove', 'wheel', 'keydown', 'focusin', 'hashchange'] as const;

/**
 * Tours the world while the page is idle and plays, until it is touched. Returns a function that ends it.
 * @param allowed whether a tour may begin now
 * @param start begins a tour and returns what ends it
 */
export function watchIdle(allowed: () => boolean, start: () => Promise<() => void>): () => void {
  let end: Promise<() => void> | undefined;
  const watch = new IdleWatch(
    () => performance.now(),
    (idle) => {
      if (idle) end = start();
      else void end?.then((stop) => stop());
    },
  );
  const touch = () => watch.touch();
  for (const kind of touches) addEventListener(kind, touch, { passive: true, capture: true });
  const timer = setInterval(() => watch.look(allowed()), 2000);
  return () => {
    watch.touch();
    clearInterval(timer);
    for (const kind of touches) removeEventListener(kind, touch, { capture: true });
  };
}
