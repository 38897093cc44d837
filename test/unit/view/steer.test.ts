import { expect, it } from 'vitest';
import { type Steering, steer } from '../../../src/view/steer.ts';

/** An element of 400 by 300 at (10, 20), and the calls that its pointers lead to. */
function held() {
  const calls: (readonly [keyof Steering, ...number[]])[] = [];
  const element = Object.assign(new EventTarget(), {
    getBoundingClientRect: () => ({ left: 10, top: 20 }),
    setPointerCapture: () => {},
  });
  const note =
    (name: keyof Steering) =>
    (...values: number[]) =>
      void calls.push([name, ...values]);
  const release = steer(element as unknown as HTMLElement, {
    pan: note('pan'),
    zoom: note('zoom'),
    hover: note('hover'),
    leave: note('leave'),
    click: note('click'),
  });
  const send = (type: string, pointerId: number, x: number, y: number, pointerType = 'touch') =>
    void element.dispatchEvent(
      Object.assign(new Event(`pointer${type}`), { pointerId, pointerType, button: 0, clientX: 10 + x, clientY: 20 + y }),
    );
  return { calls, send, release };
}

it('pans by one finger once it has left its place, and does not click then', () => {
  const { calls, send } = held();
  send('down', 1, 100, 100);
  send('move', 1, 104, 100);
  expect(calls).toEqual([]);
  send('move', 1, 130, 110);
  send('up', 1, 130, 110);
  expect(calls).toEqual([['pan', 26, 10]]);
});

it('zooms by two fingers about their middle, and goes on panning by the one that stays', () => {
  const { calls, send } = held();
  send('down', 1, 100, 100);
  send('down', 2, 200, 100);
  send('move', 2, 300, 100);
  expect(calls).toEqual([
    ['pan', 50, 0],
    ['zoom', 200, 100, 2],
  ]);
  send('up', 1, 100, 100);
  send('move', 2, 310, 100);
  send('up', 2, 310, 100);
  expect(calls.slice(2)).toEqual([['pan', 10, 0]]);
});

it('means more by a tap than by a press with a mouse, and lets a finger tremble', () => {
  const { calls, send, release } = held();
  send('down', 1, 50, 50);
  send('move', 1, 54, 54);
  send('up', 1, 54, 54);
  send('down', 2, 50, 50, 'mouse');
  send('up', 2, 50, 50, 'mouse');
  send('down', 3, 50, 50, 'mouse');
  send('move', 3, 54, 54, 'mouse');
  send('up', 3, 54, 54, 'mouse');
  expect(calls).toEqual([
    ['click', 54, 54, 22],
    ['click', 50, 50, 9],
    ['pan', 4, 4],
  ]);
  release();
  send('down', 1, 50, 50);
  send('up', 1, 50, 50);
  expect(calls).toHaveLength(3);
});
