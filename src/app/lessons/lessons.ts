// Lessons that come with the page. Nothing of them is loaded before a list of lessons or a lesson is opened.
import { showText } from '../../parameter/show.ts';
import type { Lesson } from '../../scene/lesson/schema.ts';
import type { SimulationWorker } from '../../worker/connect.ts';

const files = import.meta.glob<string>('../../../assets/lessons/*.json', { query: '?url', import: 'default' });

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1, -'.json'.length);

/** Names of the lessons of the page. */
export const lessonNames: readonly string[] = Object.keys(files).map(nameOf);

/** A lesson of the page. @throws {Error} one line if the page has no such lesson */
export async function lessonNamed(worker: SimulationWorker, name: string): Promise<Lesson> {
  const path = Object.keys(files).find((one) => nameOf(one) === name);
  if (path === undefined)
    throw new Error(`address: lesson '${showText(name)}' does not come with this page; it has ${lessonNames.join(', ')}`);
  const answer = await fetch(await files[path]()).catch(() => undefined);
  if (!answer?.ok) throw new Error(`lesson '${name}' could not be loaded; check the connection and open it again`);
  return worker.lessons.read(await answer.json(), `assets/lessons/${name}.json`);
}

/** All lessons of the page, in the order of their names. */
export const allLessons = (worker: SimulationWorker): Promise<Lesson[]> =>
  Promise.all(lessonNames.map((name) => lessonNamed(worker, name)));
