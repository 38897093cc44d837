import { describe, expect, test } from 'vitest';
import { pictureStyle } from '../../../src/app/pictures/picture-style.ts';
import { bodyOfTraits, drawBody, portraitSvg } from '../../../src/app/pictures/portrait.ts';
import { portraitCard } from '../../../src/app/pictures/portrait-card.ts';
import { viewColours } from '../../../src/view/view-colours.ts';
import { bodyForms } from '../../../src/worker/body-forms.ts';

const colour = 'rgb(120 150 90)';
const middle = new Map(bodyForms.map(({ trait, least, most }) => [trait, (least + most) / 2]));
/** All coordinates of paths. */
const places = (svg: string) => [...svg.matchAll(/ d="([^"]+)"/g)].flatMap(([, d]) => d.match(/-?[\d.]+/g)?.map(Number) ?? []);

describe('a portrait', () => {
  test('shows every trait of the table of forms', () => {
    for (const { trait, least, most } of bodyForms) {
      const drawn = [least, most].map((value) => drawBody(bodyOfTraits(new Map([...middle, [trait, value]])), colour));
      expect({ trait, differs: drawn[0] !== drawn[1] }).toEqual({ trait, differs: true });
    }
  });

  test('shows population, jaws and reserve', () => {
    const one = drawBody(bodyOfTraits(middle), colour);
    const others = [
      bodyOfTraits(middle, 1),
      bodyOfTraits(middle, 2),
      bodyOfTraits(middle, 0, true),
      bodyOfTraits(middle, 0, false, 0),
    ];
    expect(new Set([one, ...others.map((body) => drawBody(body, colour))]).size).toBe(5);
  });

  test('stays in its picture for every extreme, and has only finite numbers', () => {
    for (let corner = 0; corner < 2 ** bodyForms.length; corner++) {
      const values = new Map(bodyForms.map(({ trait, least, most }, i) => [trait, (corner >> i) & 1 ? most : least]));
      for (const population of [0, 1, 2, 5]) {
        const found = places(drawBody(bodyOfTraits(values, population, corner % 2 === 0, corner % 3 === 0 ? 0 : 1), colour));
        expect(found.length).toBeGreaterThan(100);
        expect(Math.max(...found.map(Math.abs))).toBeLessThan(1.45);
      }
    }
  });

  test('draws a trait that an organism lacks at its least', () => {
    expect(bodyOfTraits(new Map())).toEqual({ population: 0, speed: 0, diet: 0, display: 0, marker: 0, reserve: 1, jaw: 0 });
  });

  test('refuses a colour that it cannot shade', () => {
    expect(() => drawBody(bodyOfTraits(middle), 'teal')).toThrow('colour must be rgb(r g b) (got teal)');
  });

  test('has a name for screen readers, or none beside its name', () => {
    expect(portraitSvg(bodyOfTraits(middle), colour, 40, 'Forager "1"')).toContain('aria-label="Forager &quot;1&quot;"');
    expect(portraitSvg(bodyOfTraits(middle), colour, 40)).toContain('aria-hidden="true"');
  });

  test('has a card with its name, its place and numbers, escaped', () => {
    const text = { title: 'Forager 7', place: 'A & B, seed <7>', numbers: [{ name: 'Age', value: '12 ticks' }] };
    const card = portraitCard(bodyOfTraits(middle), colour, text, pictureStyle(viewColours.dark));
    for (const part of ['Forager 7', 'A &amp; B, seed &lt;7&gt;', '>Age<', '>12 ticks<']) expect(card).toContain(part);
    expect(card).not.toContain('oklch');
  });
});
