import { expect, it } from 'vitest';
import { placeLabel } from '../../../src/app/instruments/climb/place-label.ts';

it('takes the first place that no other text meets, and none where all are taken', () => {
  const box = (left: number, top: number) => ({ left, top, right: left + 100, bottom: top + 10 });
  const places = [box(0, 50), box(200, 50), box(0, 20)];
  expect(placeLabel(places, [])).toBe(places[0]);
  // A text that ends where the place begins does not meet it.
  expect(placeLabel(places, [box(100, 50), box(0, 60)])).toBe(places[0]);
  expect(placeLabel(places, [box(90, 55)])).toBe(places[1]);
  expect(placeLabel(places, [box(90, 55), box(250, 45)])).toBe(places[2]);
  expect(placeLabel(places, [box(90, 55), box(250, 45), box(-50, 25)])).toBeUndefined();
});
