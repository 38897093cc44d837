/** What the rail says of a scene that comes with the page. */
export interface BundledScene {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  /** The scene as it stands in its file. */
  readonly json: unknown;
  readonly file: string;
}

const files = import.meta.glob<Record<string, unknown>>('../../scenes/*.json', { eager: true, import: 'default' });
const firstOnes = ['meadow', 'arms-race', 'bloom'];
const place = (name: string) => (firstOnes.includes(name) ? firstOnes.indexOf(name) : firstOnes.length);

/** The scenes that come with the page, the default one first. */
export const bundledScenes: readonly BundledScene[] = Object.entries(files)
  .map(([path, json]) => {
    const name = path.slice(path.lastIndexOf('/') + 1, -'.json'.length);
    return { name, title: String(json.title ?? name), question: String(json.question ?? ''), json, file: `scenes/${name}.json` };
  })
  .sort((a, b) => place(a.name) - place(b.name) || (a.name < b.name ? -1 : 1));
