import { scenesOfSite } from '../.vitepress/scene-page.ts';

export default {
  watch: ['../../scenes/*.json'],
  load: () =>
    scenesOfSite().map(({ name, scene, picture }) => ({ name, title: scene.title, question: scene.question ?? '', picture })),
};
