/** A person's actions on the world with mouse, touch or pen, in CSS pixels of the view. */
export interface Steering {
  pan(dx: number, dy: number): void;
  zoom(x: number, y: number, factor: number): void;
  hover(x: number, y: number): void;
  leave(): void;
  /** @param reach distance within which what was pressed is meant: a finger covers more than the tip of an arrow */
  click(x: number, y: number, reach: number): void;
}

/** Pixels that a pointer may move and still click, and those within which it means what it presses. */
const arrow = { slack: 5, reach: 9 };
const finger = { slack: 10, reach: 22 };

/** Listens to the pointers on an element: drag pans, wheel and pinch zoom, a short press clicks. Returns a function that stops it. */
export function steer(element: HTMLElement, to: Steering): () => void {
  const held = new Map<number, { x: number; y: number }>();
  let wandered = 0;
  const place = (event: PointerEvent | WheelEvent) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const tipOf = ({ pointerType }: PointerEvent) => (pointerType === 'touch' ? finger : arrow);
  const spread = () => {
    const [a, b] = [...held.values()];
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, distance: Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2) };
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    held.set(event.pointerId, place(event));
    wandered = held.size === 1 ? 0 : Number.POSITIVE_INFINITY;
  };
  const move = (event: PointerEvent) => {
    const now = place(event);
    const before = held.get(event.pointerId);
    if (!before) {
      to.hover(now.x, now.y);
      return;
    }
    if (held.size === 2) {
      const former = spread();
      held.set(event.pointerId, now);
      const next = spread();
      to.pan(next.x - former.x, next.y - former.y);
      if (former.distance > 0) to.zoom(next.x, next.y, next.distance / former.distance);
      return;
    }
    wandered += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    if (wandered > tipOf(event).slack) to.pan(now.x - before.x, now.y - before.y);
    held.set(event.pointerId, now);
  };
  const up = (event: PointerEvent) => {
    if (!held.delete(event.pointerId)) return;
    const { x, y } = place(event);
    const { slack, reach } = tipOf(event);
    if (event.type === 'pointerup' && wandered <= slack) to.click(x, y, reach);
  };
  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    const { x, y } = place(event);
    const pixels = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
    to.zoom(x, y, Math.exp(-Math.max(-200, Math.min(200, pixels)) * 0.002));
  };
  const leave = () => to.leave();
  element.addEventListener('pointerdown', down);
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerup', up);
  element.addEventListener('pointercancel', up);
  element.addEventListener('pointerleave', leave);
  element.addEventListener('wheel', wheel, { passive: false });
  return () => {
    element.removeEventListener('pointerdown', down);
    element.removeEventListener('pointermove', move);
    element.removeEventListener('pointerup', up);
    element.removeEventListener('pointercancel', up);
    element.removeEventListener('pointerleave', leave);
    element.removeEventListener('wheel', wheel);
  };
}
