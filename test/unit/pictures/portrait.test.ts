import { describe, expect, test } from 'vitest';
import { pictureStyle } from '../../../src/app/pictures/picture-style.ts';
import { type Body, drawBody, portraitSvg } from '../../../src/app/pictures/portrait.ts';
import { portraitCard } from '../../../src/app/pictures/portrait-card.ts';
import { viewColours } from '../../../src/view/view-colours.ts';
import { bodyForms } from '../../../src/worker/body-forms.ts';

const colour = 'rgb(120 150 90)';
const middle: Body = { population: 0, speed: 0.5, diet: 0.5, display: 0.5, marker: 0.5, reserve: 1, jaw: 0 };
/** All coordinates of paths. */
const places = (svg: string) => [...svg.matchAll(/ d="([^"]+)"/g)].flatMap(([, d]) => d.match(/-?[\d.]+/g)?.map(Number) ?? []);

describe('a portrait', () => {
  test.each([...bodyForms.map(({ column }) => column), 'speckles', 'drivers', 'learned', 'hurt', 'eyes', 'reserve'] as const)(
    'shows %s',
    (column) => {
      const [least, most] = [0, 1].map((share) => drawBody({ ...middle, [column]: share }, colour));
      expect(least).not.toBe(most);
    },
  );

  test('shows population and jaws', () => {
    const bodies = [{}, { population: 1 }, { population: 2 }, { jaw: 1 }].map((body) => drawBody({ ...middle, ...body }, colour));
    expect(new Set(bodies).size).toBe(4);
  });

  test('stays in its picture for every extreme, and has only finite numbers', () => {
    for (let corner = 0; corner < 2 ** bodyForms.length; corner++) {
      const values = Object.fromEntries(bodyForms.map(({ column }, i) => [column, (corner >> i) & 1]));
      for (const population of [0, 1, 2, 5]) {
        const more = { population, jaw: corner % 2, reserve: corner % 3 === 0 ? 0 : 1 };
        const found = places(drawBody({ ...middle, ...values, ...more }, colour));
        expect(found.length).toBeGreaterThan(100);
        expect(Math.max(...found.map(Math.abs))).toBeLessThan(1.45);
      }
    }
  });

  test('refuses a colour that it cannot shade', () => {
    expect(() => drawBody(middle, 'teal')).toThrow('colour must be rgb(r g b) (got teal)');
  });

  test('has a name for screen readers, or none beside its name', () => {
    expect(portraitSvg(middle, colour, 40, 'Forager "1"')).toContain('aria-label="Forager &quot;1&quot;"');
    expect(portraitSvg(middle, colour, 40)).toContain('aria-hidden="true"');
  });

  test('has a card with its name, its place and numbers, escaped', () => {
    const text = { title: 'Forager 7', place: 'A & B, seed <7>', numbers: [{ name: 'Age', value: '12 ticks' }] };
    const card = portraitCard(middle, colour, text, pictureStyle(viewColours.dark));
    for (const part of ['Forager 7', 'A &amp; B, seed &lt;7&gt;', '>Age<', '>12 ticks<']) expect(card).toContain(part);
    expect(card).not.toContain('oklch');
  });
});
