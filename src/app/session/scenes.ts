import meadow from '../../../scenes/meadow.json';

/** Description of a built-in scene in the rail. */
export interface BundledScene {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly file: string;
  /** The scene as in its file, once it has been loaded; then always the same object. */
  readonly json: unknown;
  load(): Promise<unknown>;
}

type Texts = Record<string, string>;
// Only title and question are part of the page; a scene is loaded when it is opened.
const titles = import.meta.glob<string>('../../../scenes/*.json', { eager: true, import: 'title' }) as Texts;
const questions = import.meta.glob<string>('../../../scenes/*.json', { eager: true, import: 'question' }) as Texts;
const texts = import.meta.glob<string>('../../../scenes/*.json', { query: '?raw', import: 'default' });
const firstOnes = ['meadow', 'arms-race', 'bloom'];
const place = (name: string) => (firstOnes.includes(name) ? firstOnes.indexOf(name) : firstOnes.length);

class Bundled implements BundledScene {
  readonly name: string;
  json: unknown;

  constructor(
    private readonly path: string,
    readonly title: string,
    readonly question: string,
  ) {
    this.name = path.slice(path.lastIndexOf('/') + 1, -'.json'.length);
    // The first frame does not wait for another file.
    if (this.name === 'meadow') this.json = meadow;
  }

  get file(): string {
    return `scenes/${this.name}.json`;
  }

  async load(): Promise<unknown> {
    this.json ??= JSON.parse(await texts[this.path]());
    return this.json;
  }
}

/** The built-in scenes, the default one first. */
export const bundledScenes: readonly BundledScene[] = Object.keys(texts)
  .map((path) => new Bundled(path, titles[path], questions[path] ?? ''))
  .sort((a, b) => place(a.name) - place(b.name) || (a.name < b.name ? -1 : 1));

/** A scene of the page. @param place that names it, for the message @throws {Error} if the page has no such scene */
export function sceneNamed(name: string, place: string): BundledScene {
  const known = bundledScenes.find((one) => one.name === name);
  if (known) return known;
  const names = bundledScenes.map((one) => one.name).join(', ');
  throw new Error(`${place}: scene '${name}' does not come with this page; it has ${names}`);
}
