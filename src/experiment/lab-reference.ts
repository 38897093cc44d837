import { formsOf } from '../analysis/lab/questions/asked.ts';
import { labQuestions } from '../analysis/lab/questions/index.ts';
import type { LabColumn, LabQuestion } from '../analysis/lab/questions/question.ts';

const cell = (text: string | number) => String(text).replaceAll('|', '\\|');

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const line = (cells: readonly (string | number)[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)];
}

/** The landscapes to which a question applies, in words. */
function where(question: LabQuestion): string {
  if (question.landscapes === 'none') return 'Needs no landscape.';
  if (question.landscapes === 'any') return 'Applies to any landscape.';
  return `Applies to ${formsOf(question).join(', ')}.`;
}

/** The reference page of the questions of the lab, as Markdown: what each answers, its parameters, and the columns of its table. */
export function labReference(): string {
  const sections = labQuestions.map((question) => {
    const { id, title, summary, source, parameters, keys, measures, exact } = question;
    const columns: readonly LabColumn[] = [...keys, ...measures];
    return [
      `## ${title} (\`--ask ${id}\`)`,
      '',
      `${summary} ${where(question)}${exact ? ' Exact: one run says all.' : ''}`,
      '',
      `Source: ${source}`,
      '',
      ...table(
        ['`--sweep`', 'meaning', 'unit', 'from', 'to', 'default'],
        parameters.map(({ name, meaning, unit, least, most, fallback }) => [
          `\`${name}\``,
          meaning,
          unit,
          least,
          most,
          fallback ?? 'as the landscape asks, or 10',
        ]),
      ),
      '',
      ...table(
        ['column', 'unit', 'meaning'],
        columns.map(({ name, unit, description }) => [`\`${name}\``, unit, description]),
      ),
      '',
    ].join('\n');
  });
  return [
    '# Questions of the lab',
    '',
    '`upslope lab LANDSCAPE --ask QUESTION --sweep name=a,b,c --out FOLDER` writes a table (`QUESTION.parquet`, `QUESTION.csv`), its means over runs with',
    'standard errors (`QUESTION.json`), a figure (`QUESTION.svg`) and `provenance.json`. The columns of every table begin with `run`, `seed`,',
    '`landscape` and the swept parameters. Without `--ask` the lab follows the steps of a model against the exact gradient.',
    '',
    ...sections,
  ].join('\n');
}
