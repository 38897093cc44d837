import type { WorldView } from '../../view/world-view.ts';
import type { Draft } from '../../worker/draw-draft.ts';
import type { Control } from '../../worker/topics/parameters.ts';
import type { App } from '../app.svelte.ts';
import { runMark, usualSeed } from '../session/show-address.ts';
import { downloadText } from '../ui/download.ts';
import { recall, remember } from '../ui/remember.ts';

/** Steps of the maker, in the order in which they are listed. */
export const makerSteps = [
  { id: 'ground', title: 'Ground' },
  { id: 'life', title: 'Life' },
  { id: 'body', title: 'Body' },
  { id: 'mechanisms', title: 'Mechanisms' },
  { id: 'try', title: 'Try it' },
] as const;
export type MakerStep = (typeof makerSteps)[number]['id'];

/** A change of a parameter of the scene. */
export interface SceneChange {
  readonly path: string;
  readonly value: unknown;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
/** Versions of the scene that can be restored. */
const mostUndone = 100;
/** Parts of a scene that speak of its own world, and would be wrong about one that was made from it. */
const ownTexts = ['$schema', 'lookFor', 'tryThis', 'found', 'source', 'view', 'question'] as const;

/** A title as a short name: lower-case letters, digits and hyphens, a letter first; '' where it has none. */
export const shortName = (title: string): string =>
  title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/-+$/, '');

/** The scene that was made last in this browser. */
export const lastDraft = (): string => recall('draft', '', isText);

/** A scene that is made from another one: under another name, without what is said of that one. */
export function remixOf(json: object): Record<string, unknown> {
  const { name = 'world', title = 'World', ...rest } = json as Record<string, unknown>;
  for (const key of ownTexts) delete rest[key];
  const wasMade = String(name).startsWith('my-');
  return {
    version: 1,
    name: wasMade ? name : `my-${name}`.slice(0, 40),
    title: wasMade ? title : `My ${String(title)}`.slice(0, 80),
    ...rest,
  };
}

/** A scene that a person makes: its text, its world at tick 0, and what can be undone. It has nothing to do with the run until it is tried. */
export class MakerState {
  step = $state<MakerStep>('ground');
  /** The scene, as in its file. */
  text = $state.raw('');
  /** Its world as it begins; undefined before the first answer. */
  draft = $state.raw<Draft>();
  /** Name of the population that is made. */
  population = $state('');
  /** Why the last change was refused, or what was done. */
  said = $state.raw<{ readonly text: string; readonly kind: 'plain' | 'trouble' }>();
  /** Whether a change is being made. */
  busy = $state(false);
  /** Whether the made world is the one that the page shows. */
  trying = $state(false);
  /** Whether organisms are drawn while ground is painted. */
  showsLife = $state(false);
  /** The drawing of the draft. */
  view = $state.raw<WorldView>();
  readonly seed: string;
  /** Values of single parameters that are not yet part of the scene, and those of them that are being made so. */
  private waiting = $state.raw<ReadonlyMap<string, unknown>>(new Map());
  private made: ReadonlyMap<string, unknown> = new Map();
  private former = $state.raw<readonly string[]>([]);
  private line: Promise<unknown> = Promise.resolve();

  /** @param wasPlaying whether the world that the page shows was playing */
  constructor(
    readonly app: App,
    private readonly wasPlaying: boolean,
  ) {
    this.seed = app.world.text?.firstSeed ?? usualSeed;
  }

  /** Parameters, with the values that were given to them last. */
  readonly controls = $derived.by<readonly Control[]>(() => {
    const { waiting } = this;
    const controls = this.draft?.controls ?? [];
    return waiting.size === 0
      ? controls
      : controls.map((one) => (waiting.has(one.path) ? { ...one, value: waiting.get(one.path) } : one));
  });

  control(path: string): Control | undefined {
    return this.controls.find((one) => one.path === path);
  }

  /** A parameter of the population that is made. @param path without the population */
  own(path: string): Control | undefined {
    return this.control(`populations.${this.population}.${path}`);
  }

  /** Colour in which the world draws what a sense is about, if it has one. */
  colourOf(sense: string): string | undefined {
    const part = (['grass', 'fruit', 'carrion', 'cue'] as const).find((one) => one === sense);
    // The view's own colours: their module is part of its program, which the first frame needs.
    const colours = (this.view ?? this.app.view)?.colours;
    void this.app.looks.theme;
    if (!part || !colours) return undefined;
    const rgb = colours[part].slice(0, 3);
    return `rgb(${rgb.map((share) => Math.round(share * 255)).join(' ')})`;
  }

  get canUndo(): boolean {
    return this.former.length > 0;
  }

  /** Begins with a scene. */
  begin(text: string): Promise<boolean> {
    return this.inLine(async () => {
      if (!(await this.take(text))) return false;
      this.former = [];
      this.population = this.draft?.world.populations[0]?.name ?? '';
      return true;
    });
  }

  /** Changes parameters, all or none. What is refused is said in a line. @param make the changes, from the scene as the changes before them leave it */
  change(make: () => readonly SceneChange[]): Promise<boolean> {
    return this.inLine(async () => {
      const before = this.text;
      const changes = make();
      // Another one has made them.
      if (changes.length === 0) return true;
      const text = await this.app.worker.scenes.edit(before, changes);
      if (text === before || !(await this.take(text))) return false;
      this.former = [...this.former, before].slice(-mostUndone);
      remember('draft', text);
      return true;
    });
  }

  /** Gives a parameter a value. Of values that come faster than the scene can be made, the last one counts. */
  set = (path: string, value: unknown): Promise<boolean> => {
    this.waiting = new Map(this.waiting).set(path, value);
    return this.change(() => {
      const changes = Array.from(this.waiting, ([one, last]) => ({ path: one, value: last }));
      this.made = this.waiting;
      return changes;
    });
  };

  /** Gives the scene another title or question. */
  rename(key: 'title' | 'question', value: string): Promise<boolean> {
    return this.inLine(() => {
      const json = { ...JSON.parse(this.text), [key]: value };
      // The short name, which files are called by, follows the title.
      if (key === 'title') json.name = shortName(value) || json.name;
      const text = `${JSON.stringify(json, undefined, 2)}\n`;
      return this.take(text).then((taken) => {
        if (taken) remember('draft', text);
        return taken;
      });
    });
  }

  undo(): Promise<boolean> {
    return this.inLine(async () => {
      const before = this.former.at(-1);
      if (before === undefined || !(await this.take(before))) return false;
      this.former = this.former.slice(0, -1);
      remember('draft', before);
      return true;
    });
  }

  /** One change after the other; an error is said. */
  private inLine(make: () => Promise<boolean>): Promise<boolean> {
    const made = this.line.then(async () => {
      this.busy = true;
      try {
        this.said = undefined;
        return await make();
      } catch (error) {
        this.say(error instanceof Error ? error.message.replace(/^scene: /, '') : String(error), 'trouble');
        // What a control shows is again the scene's value.
        if (this.draft) this.draft = { ...this.draft };
        return false;
      } finally {
        this.busy = false;
        const { made: done } = this;
        if (done.size > 0)
          this.waiting = new Map([...this.waiting].filter(([path, value]) => done.get(path) !== value || !done.has(path)));
        this.made = new Map();
      }
    });
    this.line = made;
    return made;
  }

  private async take(text: string): Promise<boolean> {
    this.draft = await this.app.worker.drafts.draw(text, this.seed);
    this.text = text;
    return true;
  }

  say(text: string, kind: 'plain' | 'trouble' = 'plain'): void {
    this.said = { text, kind };
  }

  // ---- what comes out

  private get name(): string {
    return this.draft?.world.name ?? 'scene';
  }

  async save(): Promise<void> {
    await this.line;
    this.say(`Saved as ${downloadText(`${this.name}.json`, this.text, 'application/json')}.`);
  }

  async share(): Promise<void> {
    await this.line;
    try {
      const address = new URL(location.href);
      address.hash = `${runMark}${await this.app.worker.drafts.link(this.text, this.seed)}`;
      const { length } = address.href;
      const copied = await navigator.clipboard?.writeText(address.href).then(
        () => true,
        () => false,
      );
      const long = length > 8000 ? ` It has ${length} characters, which some programs cut off: a file is safer.` : '';
      this.say(copied ? `The link is copied.${long}` : `Copy the link: ${address.href}`);
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error), 'trouble');
    }
  }

  /** Makes the world that the page shows. The former one is kept in the notebook as far as it got. */
  async load(): Promise<boolean> {
    const { app } = this;
    await this.line;
    if (!this.trying) await app.world.saves.autosave();
    return app.worlds.load({ json: JSON.parse(this.text), file: 'scene' }, this.seed);
  }

  /** Opens the made world in the page, from its first tick. */
  async open(): Promise<void> {
    if (!(await this.load())) {
      this.say(this.app.notices.shown?.text ?? 'The world could not be opened.', 'trouble');
      return;
    }
    this.trying = true;
    this.leave();
    await this.app.transport.play();
  }

  /** Back to the page, and to the world that it shows. */
  leave(): void {
    const { app } = this;
    app.maker = undefined;
    if (this.wasPlaying && !this.trying) void app.transport.play();
  }
}
