import type { ViewColours } from './view-colours.ts';

/** Half a body of size 1 in CSS pixels, at least: as much as there is room for between these, as a share of the distance of neighbours. */
const leastHalf = [2.25, 8] as const;
const roomShare = 0.42;

const vec2 = () => new Float32Array(2);
const vec4 = () => new Float32Array(4);

/** Numbers that all shaders of a world share, by their names there. */
export const worldUniforms = () => ({
  uView: vec4(),
  uPixels: vec2(),
  uPeriod: vec2(),
  uInk: vec4(),
  uAccent: vec4(),
  uWorld: vec4(),
  uDesk: vec4(),
  uSoil: vec4(),
  uGrass: vec4(),
  uFruit: vec4(),
  uSecond: vec4(),
  uCarrion: vec4(),
  uCue: vec4(),
  uWater: vec4(),
  uSeason: new Float32Array([1]),
  uMeals: new Float32Array([1]),
  uPicked: vec4(),
  uPointed: vec4(),
  uBody: new Float32Array([0, 0, 1, leastHalf[0]]),
});
export type WorldUniforms = ReturnType<typeof worldUniforms>;

/** Gives the colours of a theme to the shaders. */
export function setThemeColours(uniforms: WorldUniforms, colours: ViewColours): void {
  uniforms.uInk.set(colours.ink);
  uniforms.uAccent.set(colours.accent);
  uniforms.uDesk.set(colours.desk);
  uniforms.uSoil.set(colours.soil);
  uniforms.uGrass.set(colours.grass);
  uniforms.uFruit.set(colours.fruit);
  uniforms.uSecond.set(colours.second);
  uniforms.uCarrion.set(colours.carrion);
  uniforms.uCue.set(colours.cue);
  uniforms.uWater.set(colours.water.slice(0, 3));
}

/** Half a body of size 1 in CSS pixels, at least, where this many organisms have an area of the screen. */
export function roomFor(count: number, area: number): number {
  const [least, most] = leastHalf;
  return Math.min(most, Math.max(least, roomShare * Math.sqrt(area / Math.max(1, count))));
}
