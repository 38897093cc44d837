import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { galleryPage } from '../../../docs/.vitepress/gallery-page.ts';
import { pagePath } from '../../../docs/.vitepress/page-path.ts';
import { sceneLink } from '../../../docs/.vitepress/scene-link.ts';
import { scenePage, scenesOfSite } from '../../../docs/.vitepress/scene-page.ts';
import { decodeShare, longestLink } from '../../../src/scene/share.ts';
import { unpackLink } from '../../../src/worker/pack-link.ts';
import { readLinks } from './read-links.ts';

describe('the site of the documents', () => {
  it('has a place for every page, and none twice', () => {
    const paths = [
      'README.md',
      'docs/README.md',
      'docs/model.md',
      'docs/reference/README.md',
      'docs/site/scenes/[name].md',
      'SECURITY.md',
    ];
    expect(paths.map(pagePath)).toEqual([
      'index.md',
      'documents.md',
      'model.md',
      'reference/index.md',
      'scenes/[name].md',
      'SECURITY.md',
    ]);
  });

  it('links scenes as the page reads them', () => {
    const link = sceneLink('arms-race');
    expect(link.startsWith('#run=')).toBe(true);
    expect(decodeShare(unpackLink(link.slice('#run='.length), longestLink))).toEqual({
      scene: 'arms-race',
      seed: '7',
      changes: [],
      tick: 0,
    });
  });

  it('has a page of every scene, with its question, its link and its file', () => {
    const scenes = scenesOfSite();
    expect(scenes.map(({ name }) => `${name}.json`)).toEqual(readdirSync('scenes').sort());
    for (const one of scenes) {
      const page = scenePage(one, '/upslope/');
      expect(page).toContain(`href="/upslope/app/${sceneLink(one.name)}"`);
      expect(page).toContain(one.text.trimEnd());
      expect(readLinks(page).filter(({ path }) => path.endsWith('.md'))).toEqual([]);
    }
  });

  it('has a gallery of every scene, as the command for pictures writes it', () => {
    const scenes = scenesOfSite();
    const written = readFileSync('docs/gallery.md', 'utf8');
    expect(written).toBe(galleryPage(scenes));
    expect(scenes.filter(({ picture }) => picture === undefined).map(({ name }) => name)).toEqual([]);
  });

  it('shows texts of a scene as text', () => {
    const [one] = scenesOfSite();
    const scene = { ...one.scene, title: '<b>{{ 1 }}</b> *x*', question: '', lookFor: ['[a](b)'] };
    const page = scenePage({ ...one, scene, text: '{}' }, '/');
    expect(page).toContain('# &#60;b&#62;');
    expect(page).not.toContain('<b>');
    expect(page).not.toContain('{{');
    expect(page).not.toContain('[a](b)');
  });
});
