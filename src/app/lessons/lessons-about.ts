import { writeLessonAddress } from './lesson-address.ts';

type Texts = Record<string, string>;
const scenes = import.meta.glob<string>('../../../assets/lessons/*.json', { eager: true, import: 'scene' }) as Texts;
const titles = import.meta.glob<string>('../../../assets/lessons/*.json', { eager: true, import: 'title' }) as Texts;

/** Titles and addresses of the lessons about a scene. @param scene its name */
export const lessonsAbout = (scene: string): { readonly title: string; readonly address: string }[] =>
  Object.keys(scenes)
    .filter((path) => scenes[path] === scene)
    .map((path) => ({
      title: titles[path],
      address: writeLessonAddress(path.slice(path.lastIndexOf('/') + 1, -'.json'.length)),
    }));
