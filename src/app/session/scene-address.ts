// Addresses of scenes: #scene=peacocks, with the seed, the instrument and the changes of parameters that it may carry.

/** What an address of a scene says. */
export interface SceneAddress {
  /** Name of a scene of the page. */
  readonly scene: string;
  readonly seed?: string;
  /** Id of the instrument that is opened with it. */
  readonly instrument?: string;
  /** Parameters that differ from the scene, from tick 0 on. */
  readonly set: readonly { readonly path: string; readonly value: unknown }[];
}

/** @throws {Error} one line for a fragment that is not the address of a scene */
export function readSceneAddress(fragment: string): SceneAddress {
  let [scene, seed, instrument]: (string | undefined)[] = [];
  const set: { path: string; value: unknown }[] = [];
  for (const [key, value] of new URLSearchParams(fragment.slice(1))) {
    if (key === 'scene' && scene === undefined) scene = value;
    else if (key === 'seed' && seed === undefined && value !== '') seed = value;
    else if (key === 'instrument' && instrument === undefined) instrument = value;
    else if (key === 'set' && value.indexOf('=') > 0) {
      const at = value.indexOf('=');
      set.push({ path: value.slice(0, at), value: plainValue(value.slice(at + 1)) });
    } else {
      const text = `address: '${key}=${value}' is not understood; after the scene give seed=TEXT, instrument=NAME or set=PATH=VALUE, each but set once`;
      throw new Error(text);
    }
  }
  return {
    scene: scene ?? '',
    ...(seed === undefined ? {} : { seed }),
    ...(instrument === undefined ? {} : { instrument }),
    set,
  };
}

/** A value as in a scene; what is not JSON is a text. */
function plainValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
