import { readdirSync, readFileSync } from 'node:fs';
import { sceneLink } from './scene-link.ts';

interface SceneFile {
  readonly name: string;
  readonly title: string;
  readonly question?: string;
  readonly source?: string;
  readonly ticks?: number;
  readonly lookFor?: readonly (string | { readonly text: string })[];
  readonly tryThis?: readonly {
    readonly text: string;
    readonly set: readonly { readonly path: string; readonly value: unknown }[];
  }[];
  readonly found?: string | readonly { readonly text: string; readonly command?: string }[];
  readonly habitat: { readonly kind: string; readonly form?: string };
  readonly populations: Readonly<
    Record<string, { readonly title?: string; readonly mechanisms?: Readonly<Record<string, { readonly on?: boolean }>> }>
  >;
}

const folder = new URL('../../scenes/', import.meta.url);
const pictures = new URL('../figures/scenes/', import.meta.url);

const filesIn = (place: URL): string[] => {
  try {
    return readdirSync(place);
  } catch {
    return [];
  }
};

/** A scene as its file has it, with the text of the file and its picture, where there is one. */
export interface SceneOfSite {
  readonly name: string;
  readonly scene: SceneFile;
  readonly text: string;
  readonly picture: string | undefined;
}

/** All scenes, in the order of their names. */
export function scenesOfSite(): readonly SceneOfSite[] {
  const drawn = filesIn(pictures);
  return filesIn(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const name = file.slice(0, -'.json'.length);
      const text = readFileSync(new URL(file, folder), 'utf8');
      return { name, text, scene: JSON.parse(text) as SceneFile, picture: drawn.find((one) => one.startsWith(`${name}.`)) };
    });
}

/** A text of a scene as Markdown that shows it as it is. */
export const plain = (text: string): string => text.replace(/[\\`*_[\]|&<>{}]/g, (one) => `&#${one.charCodeAt(0)};`);

const list = (title: string, lines: readonly string[]): string =>
  lines.length > 0 ? `## ${title}\n\n${lines.map((line) => `- ${line}`).join('\n')}\n` : '';

const foundIn = ({ found = '' }: SceneFile): string[] =>
  (typeof found === 'string' ? [{ text: found, command: undefined }] : found)
    .filter(({ text }) => text !== '')
    .map(({ text, command }) => `${plain(text)}${command === undefined ? '' : ` (\`${command}\`)`}`);

/** The page of a scene as Markdown. `base` is the address of the site. */
export function scenePage({ name, scene, text, picture }: SceneOfSite, base: string): string {
  const { title, question = '', source = '', ticks = 20_000, habitat } = scene;
  const populations = Object.entries(scene.populations).map(([id, { title: shown = id, mechanisms = {} }]) => {
    const on = Object.entries(mechanisms).filter(([, settings]) => settings.on === true);
    return `${plain(shown)}: ${on.length > 0 ? on.map(([mechanism]) => `\`${mechanism}\``).join(', ') : 'no mechanism'}`;
  });
  return [
    `# ${plain(title)}\n`,
    `${plain(question)}\n`,
    picture === undefined ? '' : `![${plain(title)} on the page](../../figures/scenes/${picture})\n`,
    `<a href="${base}app/${sceneLink(name)}" target="_blank">Open this scene</a>, seed 7, or run it without a page:\n`,
    `\`\`\`sh\nnpx upslope run ${name} --seed 7 --ticks ${ticks} --out runs/${name}-7\n\`\`\`\n`,
    list(
      'What to look for',
      (scene.lookFor ?? []).map((line) => plain(typeof line === 'string' ? line : line.text)),
    ),
    list(
      'Switches to try',
      (scene.tryThis ?? []).map(
        ({ text: what, set }) =>
          `${plain(what)}: ${set.map(({ path, value }) => `\`${path}=${JSON.stringify(value)}\``).join(', ')}`,
      ),
    ),
    list('What was found', foundIn(scene)),
    list(`Populations, on a ${habitat.kind}${habitat.form ? ` (${habitat.form})` : ''}`, populations),
    source === '' ? '' : `*Source.* ${plain(source)}\n`,
    `## The file\n\n\`\`\`json\n${text.trimEnd()}\n\`\`\`\n`,
  ]
    .filter((part) => part !== '')
    .join('\n');
}
