import { z } from 'zod';
import type { Report } from '../habitat/habitat.ts';
import { suggest } from '../parameter/nearest.ts';
import { parameter } from '../parameter/parameter.ts';
import { showText } from '../parameter/show.ts';
import type { Scene } from './schema.ts';
import { bodyParts, instrumentIds, palettesOf, speedNames } from './view-words.ts';
import { habitatOf, worldTraitsOf } from './vocabulary-of.ts';

const fixed = (title: string, description: string, unit = '') => ({ title, description, unit, live: false });
const trait = z.string().max(100);
const partTexts = { build: 'Slender', head: 'Narrow head', fan: 'Wide fan', bands: 'Dark bands' };
const parts = Object.fromEntries(
  bodyParts.map((part) => [
    part,
    parameter(
      trait.optional(),
      fixed(partTexts[part], 'The trait that this form of bodies shows, from low to high, instead of the usual one.'),
    ),
  ]),
) as Record<(typeof bodyParts)[number], z.ZodOptional<z.ZodString>>;

/** What the page shows first of a world: it changes nothing in the world, and people change it at will. */
export const viewSchema = z
  .strictObject({
    shows: parameter(
      z.string().max(300).optional(),
      fixed('Picture', 'What is in the picture, in a sentence or two: the tour of the scene begins with it.'),
    ),
    colour: parameter(
      z.string().max(100).optional(),
      fixed('Colour', 'What colour shows: lineage, species, energy, age, chance:eat, fitness, or a trait as trait:diet.fruit.'),
    ),
    range: parameter(
      z.tuple([z.number(), z.number()]).optional(),
      fixed(
        'Range of colour',
        'Values of the trait at the two ends of the scale; by default those of the scene, or of the living.',
      ),
    ),
    legend: z
      .strictObject({
        low: parameter(z.string().max(40).optional(), fixed('Low end', 'Words at the low end of the colour scale.')),
        high: parameter(z.string().max(40).optional(), fixed('High end', 'Words at the high end of the colour scale.')),
      })
      .optional(),
    bodies: z.strictObject(parts).optional(),
    instrument: parameter(z.enum(instrumentIds).optional(), fixed('Instrument', 'The instrument beside the world.')),
    plots: parameter(
      z.array(z.string().max(200)).min(1).max(6).optional(),
      fixed('Plots', 'What is plotted first: probes and their columns, as census/foragers.intake.'),
    ),
    camera: z
      .strictObject({
        x: parameter(z.number().min(0).max(100_000).optional(), fixed('Place across', 'In the middle of the view.', 'lengths')),
        y: parameter(z.number().min(0).max(100_000).optional(), fixed('Place down', 'In the middle of the view.', 'lengths')),
        zoom: parameter(
          z.number().min(0.1).max(40).default(1),
          fixed('Zoom', 'How much larger things are than where the world fills the view.'),
        ),
      })
      .optional(),
    speed: parameter(z.enum(speedNames).optional(), fixed('Speed', 'Multiple of 30 ticks per second, or as fast as possible.')),
    unit: parameter(
      z.enum(['ticks', 'generations']).optional(),
      fixed('Unit of time', 'What the page gives first: ticks, or mean generations of the living.'),
    ),
    stopAt: parameter(z.int().min(1).max(100_000_000).optional(), fixed('Pause', 'Tick at which the page pauses once.', 'ticks')),
  })
  .optional()
  .meta({ description: 'What the page shows first. It changes nothing in the world.' });

/** What the page shows first of a world. @public */
export type SceneView = NonNullable<z.infer<typeof viewSchema>>;

/** Reports what `view` of a scene names that its world lacks; measures are known only to its probes. */
export function checkView(scene: Scene, report: Report): void {
  const { view } = scene;
  if (!view) return;
  const { gives, view: viewOf } = habitatOf(scene);
  const traits = worldTraitsOf(scene).traits.map(({ id }) => id);
  const palettes: readonly string[] = palettesOf(gives, traits);
  if (view.colour !== undefined && !palettes.includes(view.colour)) {
    report(['view', 'colour'], `'${showText(view.colour)}' is not a colour of this world; ${suggest(view.colour, palettes)}`);
  }
  if (view.range && !(view.range[0] < view.range[1])) {
    report(['view', 'range'], `must rise (got ${view.range.join(' and ')}); give the lower value first`);
  }
  for (const [part, id] of Object.entries(view.bodies ?? {})) {
    if (id !== undefined && !traits.includes(id))
      report(['view', 'bodies', part], `'${showText(id)}' is not a trait of this world; ${suggest(id, traits)}`);
  }
  if (view.instrument === 'landscape' && !gives.includes('gradient')) {
    report(['view', 'instrument'], `'landscape' needs a habitat of kind landscape; give another one`);
  }
  const { width, height } = viewOf(scene);
  const { x = 0, y = 0 } = view.camera ?? {};
  if (x > width) report(['view', 'camera', 'x'], `${x} is outside of the world; give at most ${width}`);
  if (y > height) report(['view', 'camera', 'y'], `${y} is outside of the world; give at most ${height}`);
}
