import { checkCarries } from '../check-carries.ts';
import type { Report } from '../habitat.ts';
import { landscapeForms, makeLandscape } from './forms.ts';
import type { LandscapeSceneParts } from './landscape-world.ts';

/** Conditions between values of a scene on a landscape, which its schema cannot express. */
export function checkLandscape({ habitat, populations }: LandscapeSceneParts, report: Report): void {
  const names = Object.keys(populations);
  if (names.length !== 1) report(['populations'], `a landscape has one population (got ${names.length})`);
  const { form, forms, model, dimensions } = habitat;
  const asked = landscapeForms()
    .find(({ id }) => id === form)
    ?.dimensionsOf?.(forms[form]);
  if (asked !== undefined && dimensions !== asked) {
    report(
      ['habitat', 'dimensions'],
      `the landscape '${form}' has ${asked} loci with these parameters; give ${asked} or leave it out`,
    );
  } else {
    try {
      // A form checks its own parameters and the number of loci.
      makeLandscape(form, asked ?? dimensions, forms[form], 'check');
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      report(['habitat', 'forms', form], error.message);
    }
  }
  for (const name of names) {
    const { founders, genome } = populations[name];
    const path = ['populations', name];
    if ((model === 'annealing' || model === 'fixation') && founders !== 1) {
      report([...path, 'founders'], `the model '${model}' follows one organism at a time; give 1, not ${founders}`);
    }
    if (model !== 'annealing' && model !== 'fixation' && founders < 2) {
      report([...path, 'founders'], `the model '${model}' needs organisms to draw parents from; give 2 or more`);
    }
    checkCarries(genome.carries, path, report);
  }
}
