import { scenePage, scenesOfSite } from '../../.vitepress/scene-page.ts';

export default {
  paths: () =>
    scenesOfSite().map((one) => ({ params: { name: one.name }, content: scenePage(one, process.env.DOCS_BASE ?? '/') })),
};
