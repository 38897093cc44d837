import { deflateRawSync } from 'node:zlib';

/** What a link to a scene at tick 0 has behind the address of the page, as docs/formats.md describes links. */
export function sceneLink(scene: string, seed = '7'): string {
  const text = JSON.stringify({ v: 1, s: scene, r: seed, t: 0 });
  return `#run=${deflateRawSync(text, { level: 9 }).toString('base64url')}`;
}
