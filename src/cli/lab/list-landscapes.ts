import { formsOf, formVariables } from '../../analysis/lab/questions/asked.ts';
import { labQuestions } from '../../analysis/lab/questions/index.ts';
import { landscapeForms } from '../../habitat/landscape/forms.ts';
import { labModels, labVariables } from './lab-variables.ts';

/** `upslope lab --list`: landscapes with their parameters, the variables of the models, and the questions with theirs. */
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
    const usual = fallback === undefined ? '' : `, ${fallback} by default`;
    return `  ${name.padEnd(names)}  ${meaning}; ${least} to ${most}${usual} (${whose})`;
  });
  const questions = labQuestions.flatMap((question) => [
    `  ${question.id}  ${question.summary}${question.landscapes === 'none' ? ' Needs no landscape.' : question.landscapes === 'any' ? '' : ` For ${formsOf(question).join(', ')}.`}`,
    ...question.parameters.map(({ name, meaning, unit, fallback, least, most }) => {
      const usual = fallback === undefined ? '' : `, ${fallback} by default`;
      return `      ${name}  ${meaning}${unit && ` (${unit})`}; ${least} to ${most}${usual}`;
    }),
  ]);
  return [
    ...['Landscapes', ...landscapes, ''],
    ...[`Variables of the steps of models (--sweep)`, ...variables, ''],
    ...['Questions (--ask), and what can be swept besides the landscape’s own parameters', ...questions, ''],
  ].join('\n');
}
