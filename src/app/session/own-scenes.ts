import { recall, remember } from '../ui/remember.ts';

/** A scene of this visitor: made, written, or opened from a file or a link. */
export interface OwnScene {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly json: object;
}

/** Scenes that are kept; the oldest make room. */
const most = 24;

const isOwn = (value: unknown): value is OwnScene => {
  const { id, name, title, question, json } = (value ?? {}) as Partial<OwnScene>;
  return [id, name, title, question].every((one) => typeof one === 'string') && typeof json === 'object' && json !== null;
};
const areOwn = (value: unknown): value is readonly OwnScene[] =>
  Array.isArray(value) && value.every(isOwn) && new Set(value.map(({ id }) => id)).size === value.length;

/** The scenes of this visitor that this browser keeps, the latest first. */
export const ownScenes = (): readonly OwnScene[] => recall('scenes', [], areOwn);

/** Keeps a scene, in place of one of the same title. */
export function keepScene(scene: Omit<OwnScene, 'id'>): void {
  remember(
    'scenes',
    [{ ...scene, id: crypto.randomUUID() }, ...ownScenes().filter(({ title }) => title !== scene.title)].slice(0, most),
  );
}

export function forgetScene(id: string): void {
  remember(
    'scenes',
    ownScenes().filter((one) => one.id !== id),
  );
}
