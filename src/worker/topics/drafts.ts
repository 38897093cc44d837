import { transfer } from 'comlink';
import { type Draft, drawDraft, paintingOf, shareText } from '../draw-draft.ts';
import { filmScene, type SceneFilm } from '../film-scene.ts';

/** Scenes that are being made or looked at on the page, as texts. They have nothing to do with the run. */
export class DraftsTopic {
  /** The world that a text makes, as it begins. @throws {SceneError} for a text that is not a scene */
  draw(text: string, seed: string): Draft {
    const draft = drawDraft(text, seed);
    return transfer(draft, [draft.frame.buffer, draft.ground.buffer]);
  }

  /** The ground of a food as it is now, as the text of a painting. @throws {SceneError} for a text that is not a scene */
  painting(text: string, seed: string, food: 'grass' | 'fruit'): string {
    return paintingOf(text, seed, food);
  }

  /** A short moving picture of the world of a text. @throws {SceneError} for a text that is not a scene */
  film(text: string, seed: string, pictures: number, every: number): SceneFilm {
    const film = filmScene(text, seed, pictures, every);
    return transfer(
      film,
      film.pictures.flatMap(({ frame, ground, heights }) => [
        frame.buffer,
        ...[ground ?? heights].flatMap((one) => one?.buffer ?? []),
      ]),
    );
  }

  /** The scene as a text for the fragment of an address: its first tick, with this seed. @throws {SceneError} if it is too long for a link */
  async link(text: string, seed: string): Promise<string> {
    const share = shareText(text, seed);
    const { packLink } = await import('../pack-link.ts');
    return packLink(share);
  }
}
