import { formsOf, valuesOf } from '../../analysis/lab/questions/asked.ts';
import { findQuestion, labQuestions } from '../../analysis/lab/questions/index.ts';
import type { LabQuestion, LabRow } from '../../analysis/lab/questions/question.ts';
import { dimensionsOf } from '../../habitat/landscape/dimensions-of.ts';
import { isLandscapeScene } from '../../scene/schema.ts';
import { applyChanges } from '../../scene/set-path.ts';
import { pageCatalogue } from '../page-catalogue.ts';
import type { LabRequest, LabText, LabWorker, QuestionText } from './lab-protocol.ts';

/** Applies the questions of the lab to the landscape that is shown, with its current parameters. */
export class LabQueries implements LabWorker {
  private form = '';
  private dimensions = 1;
  private parameters: Readonly<Record<string, unknown>> = {};

  /** @throws {Error} for a scene that is not on a landscape */
  begin({ scene: json, file, changes }: LabRequest): LabText {
    const scene = applyChanges(pageCatalogue.parseScene(json, file), changes, { atStart: true });
    if (!isLandscapeScene(scene)) throw new Error('the lab: this world has no landscape');
    const { habitat } = scene;
    this.form = habitat.form;
    this.dimensions = dimensionsOf(habitat);
    this.parameters = habitat.forms[habitat.form] ?? {};
    return {
      form: this.form,
      questions: labQuestions
        .filter((question) => question.landscapes === 'none' || formsOf(question).includes(this.form))
        .map((question) => this.describe(question)),
    };
  }

  run(id: string, given: Readonly<Record<string, number>>, seed: string): readonly LabRow[] {
    const question = findQuestion(id);
    if (question === undefined) throw new RangeError(`there is no question '${id}'`);
    const values = { ...this.valuesOf(question), ...given };
    const problem = question.problem?.(values);
    if (problem !== undefined) throw new RangeError(problem);
    const ofLandscape = question.landscapes !== 'none';
    return question.measure({ form: ofLandscape ? this.form : '', parameters: ofLandscape ? this.parameters : {}, values, seed });
  }

  private describe(question: LabQuestion): QuestionText {
    const values = this.valuesOf(question);
    // Functions do not cross to the page.
    const { measure, shown, problem, ...text } = question;
    return {
      ...text,
      ofLandscape: question.landscapes !== 'none',
      // The landscape determines the number of loci.
      fields: question.parameters
        .filter(({ name }) => name !== 'dimensions')
        .map((parameter) => ({ ...parameter, value: values[parameter.name] })),
    };
  }

  private valuesOf(question: LabQuestion): Record<string, number> {
    return valuesOf(question, this.form, this.parameters, { dimensions: this.dimensions });
  }
}
