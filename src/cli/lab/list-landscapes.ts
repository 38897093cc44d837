import { landscapeForms } from '../../habitat/landscape/forms.ts';
import { formVariables, labModels, labVariables } from './lab-variables.ts';

/** `upslope lab --list`: landscapes with what can be swept of each, and the variables of the models. */
export function listLandscapes(): string {
  const wide = Math.max(...landscapeForms().map(({ id }) => id.length));
  const landscapes = landscapeForms().flatMap(({ id, title, summary }) => {
    const names = formVariables(id);
    return [
      `  ${id.padEnd(wide)}  ${title}. ${summary}`,
      ...(names.length > 0 ? [`  ${' '.repeat(wide)}  --sweep: ${names.join(', ')}`] : []),
    ];
  });
  const names = Math.max(...labVariables.map(({ name }) => name.length));
  const variables = labVariables.map(({ name, meaning, models, fallback, least, most }) => {
    const whose = models.length === labModels.length ? 'all models' : models.join(', ');
    const usual = fallback === undefined ? '' : `, ${fallback} unless told`;
    return `  ${name.padEnd(names)}  ${meaning}; ${least} to ${most}${usual} (${whose})`;
  });
  return ['Landscapes', ...landscapes, '', 'Variables (--sweep)', ...variables, ''].join('\n');
}
