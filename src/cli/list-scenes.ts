import type { CommandModule } from './command.ts';
import { builtInScenes } from './scenes.ts';

/** What scenes that come with the program say of themselves; tests read each of them in full. */
interface SceneText {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly ticks: number;
}

/** What each scene asks. */
function listScenes(): string {
  const scenes = [...builtInScenes.values()].map((text) => JSON.parse(text) as SceneText);
  const width = Math.max(0, ...scenes.map(({ name }) => name.length));
  return scenes
    .map(
      ({ name, title, question, ticks }) =>
        `${name.padEnd(width)}  ${title} (${ticks} ticks)\n${' '.repeat(width)}  ${question}\n`,
    )
    .join('');
}

/** `upslope scenes`. */
export const command: CommandModule = {
  reads: 'texts',
  describe: (command, io) => command.action(() => io.out(listScenes())),
};
