import { plain, type SceneOfSite } from './scene-page.ts';

/** A question, and the first sentence of what to look for, as far as a scene has them. */
function wordsOf({ question = '', lookFor = [] }: SceneOfSite['scene']): string {
  const [first] = lookFor;
  const text = typeof first === 'string' ? first : (first?.text ?? '');
  const sentence = /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
  return [question === '' ? '' : `*${plain(question)}*`, plain(sentence)].filter((part) => part !== '').join(' ');
}

/** The page `docs/gallery.md`: a picture of every scene with a sentence below it, two beside each other. */
export function galleryPage(scenes: readonly SceneOfSite[]): string {
  const cells = scenes.map((one) => {
    const { name, scene, picture } = one;
    const title = plain(scene.title);
    const image = picture === undefined ? '' : `![${title}](figures/scenes/${picture})`;
    return { image, words: `**[${title}](../scenes/${name}.json)** ${wordsOf(scene)}` };
  });
  const rows = Array.from({ length: Math.ceil(cells.length / 2) }, (_, i) => {
    const pair = [cells[2 * i], cells[2 * i + 1] ?? { image: '', words: '' }];
    return (['image', 'words'] as const).map((part) => `| ${pair.map((cell) => cell[part]).join(' | ')} |`).join('\n');
  });
  return `# Gallery of scenes

The scenes that come with the program, with seed 7, as the page draws them. \`npm run docs -- --pictures\` draws them again and writes this page.

| | |
|---|---|
${rows.join('\n')}
`;
}
