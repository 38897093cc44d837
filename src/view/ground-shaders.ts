// The ground of a plane, or water around islands.
import { copyStrength, head } from './shaders.ts';

export const groundVertex = `#version 300 es
${head}
in vec2 aCorner;
uniform vec4 uWorld;
uniform vec4 uWater;
out vec2 vAt;
out vec2 vPlace;
void main() {
  // What wraps, and water, continue to the edges of the view.
  vec2 clip = uPeriod.x > 0.0 || uWater.a > 0.5 ? aCorner : (aCorner * 0.5 + 0.5) * uWorld.xy * uView.xy + uView.zw;
  vPlace = (clip - uView.zw) / uView.xy;
  vAt = vPlace / uWorld.xy;
  gl_Position = vec4(clip, 0.0, 1.0);
}`;

/**
 * Ground as matter: grass grows as tufts that close as there is more of it, fruit as berries of two colours that ripen one by one, on grained soil.
 * Grain that is finer than two pixels fades into its mean, so that nothing flickers when one zooms out. Its lattices fit the world a whole
 * number of times, so that no seam shows where the world wraps. From near, there are blades of grass in it, and pebbles lie on bare soil. Grass is
 * straw in lean seasons and lush in rich ones.
 */
export const groundFragment = `#version 300 es
${head}
uniform sampler2D uFood;
uniform sampler2D uBarrier;
uniform sampler2D uKinds;
uniform vec4 uSoil;
uniform vec4 uGrass;
uniform vec4 uFruit;
uniform vec4 uSecond;
uniform vec4 uCarrion;
uniform vec4 uCue;
uniform float uSeason;
uniform vec4 uWater;
uniform vec4 uDesk;
uniform vec4 uWorld;
in vec2 vAt;
in vec2 vPlace;
out vec4 colour;
float hash(ivec2 p) {
  uint h = uint(p.x) * 374761393u + uint(p.y) * 668265263u;
  h = (h ^ (h >> 13u)) * 1274126177u;
  return float((h ^ (h >> 16u)) & 65535u) / 65535.0;
}
ivec2 lattice(float size) { return max(ivec2(uWorld.xy / size + 0.5), ivec2(1)); }
float noise(vec2 p, ivec2 n) {
  ivec2 i = ivec2(floor(p)) % n, j = (i + 1) % n;
  vec2 f = fract(p);
  f = f * f * (3.0 - 2.0 * f);
  return mix(mix(hash(i), hash(ivec2(j.x, i.y)), f.x), mix(hash(ivec2(i.x, j.y)), hash(j), f.x), f.y);
}
float grain(float size) {
  ivec2 n = lattice(size);
  return mix(0.5, noise(fract(vAt) * vec2(n), n), smoothstep(1.5, 4.0, size * uPixels.x / uPixels.y));
}
float pixelsOf(float size) { return size * uPixels.x / uPixels.y; }
vec4 strand(float size, int salt, float share) {
  vec2 at = fract(vAt) * vec2(lattice(size));
  ivec2 key = ivec2(floor(at));
  float angle = 6.2832 * hash(key + ivec2(salt, 31)), keep = hash(key + ivec2(17, salt));
  vec2 from = fract(at) - 0.5 - 0.16 * vec2(hash(key + ivec2(salt, 5)) - 0.5, hash(key + ivec2(9, salt)) - 0.5);
  vec2 way = vec2(cos(angle), sin(angle));
  float along = dot(from, way) + 0.42, off = dot(from, vec2(-way.y, way.x)) - 0.5 * (along - 0.42) * along * (keep - 0.5);
  float wide = 0.085 * (1.0 - along / 0.86) * smoothstep(-0.02, 0.22, along), soft = 0.7 / pixelsOf(size);
  float inside = smoothstep(soft, -soft, abs(off) - wide) * step(0.0, along) * step(along, 0.84);
  return vec4(along, off / max(wide, 0.01), inside * step(keep, share) * smoothstep(7.0, 16.0, pixelsOf(size)) * smoothstep(90.0, 55.0, size > 1.7 ? pixelsOf(size) : 0.0), keep);
}
void main() {
  vec4 food = texture(uFood, vAt);
  vec3 fruit = mix(uFruit.rgb, uSecond.rgb, texture(uKinds, vAt).r);
  float lean = clamp(1.0 - uSeason, 0.0, 1.0), rich = clamp(uSeason - 1.0, 0.0, 1.0);
  float lit = dot(uGrass.rgb, vec3(0.2126, 0.7152, 0.0722));
  vec3 grass = mix(mix(uGrass.rgb, lit * vec3(1.25, 1.02, 0.55), 0.75 * lean), uGrass.rgb * vec3(0.86, 1.1, 0.86), 0.8 * rich);
#ifdef PLAIN
  vec3 c = uSoil.rgb;
  c = mix(c, grass, food.r * uGrass.a);
  c = mix(c, fruit, food.g * uFruit.a);
  c = mix(c, uCarrion.rgb, food.b * uCarrion.a);
#else
  float wide = grain(9.0), mid = grain(2.6), fine = grain(0.7);
  float dust = grain(0.22), sand = grain(0.07);
  float matter = 0.4 * wide + 0.3 * mid + 0.15 * fine + 0.15 * dust;
  vec3 c = uSoil.rgb * (0.8 + 0.4 * (0.3 * wide + 0.25 * mid + 0.2 * fine + 0.15 * dust + 0.1 * sand));
  vec2 stone = fract(vAt) * vec2(lattice(1.3));
  ivec2 which = ivec2(floor(stone));
  float big = 0.05 + 0.13 * hash(which + ivec2(3, 91));
  vec2 of = fract(stone) - 0.5 - 0.5 * vec2(hash(which + ivec2(41, 7)) - 0.5, hash(which + ivec2(2, 77)) - 0.5);
  float pebble = smoothstep(0.03, -0.03, length(of * vec2(1.0, 1.25)) - big) * step(hash(which + ivec2(60, 1)), 0.3) * smoothstep(6.0, 16.0, pixelsOf(1.3));
  c = mix(c, mix(uSoil.rgb, uInk.rgb, 0.16) * (1.0 - 1.6 * dot(of, vec2(0.6, 0.8))), 0.85 * pebble);
  float growth = food.r * 1.15 - 0.08;
  float tuft = smoothstep(matter - 0.3, matter + 0.22, growth);
  vec3 blade = grass * (0.7 + 0.6 * (0.28 * wide + 0.26 * mid + 0.26 * fine + 0.2 * dust));
  c = mix(c, grass * 0.8 + c * 0.2, 0.4 * food.r * uGrass.a);
  c = mix(c, blade * mix(1.0, 0.86, smoothstep(8.0, 20.0, pixelsOf(0.7))), tuft * uGrass.a * smoothstep(0.0, 0.12, food.r));
  float many = smoothstep(0.03, 0.75, growth + 0.3 * (0.5 - matter));
  for (int layer = 0; layer < 6; layer++) {
    vec4 s = strand(layer < 2 ? 2.6 - 0.4 * float(layer) : 1.5 - 0.17 * float(layer), 11 + 23 * layer, many);
    vec3 shade = grass * (0.74 + 0.5 * s.x + 0.16 * s.y + 0.25 * (s.w / max(many, 0.05) - 0.5) + 0.05 * float(layer));
    c = mix(c, shade, 0.92 * s.z * uGrass.a);
  }
  float near = smoothstep(3.5, 9.0, 2.2 * uPixels.x / uPixels.y);
  c = mix(c, fruit, food.g * uFruit.a * mix(0.75, 0.22, near));
  vec2 at = fract(vAt) * vec2(lattice(2.2));
  ivec2 key = ivec2(floor(at));
  vec2 jitter = vec2(hash(key + ivec2(71, 13)), hash(key + ivec2(5, 137))) * 0.6 + 0.2;
  vec2 from = fract(at) - jitter;
  float ripe = smoothstep(0.0, 0.5, food.g * 1.3 - 0.95 * hash(key));
  float radius = (0.07 + 0.13 * ripe) * (0.75 + 0.5 * hash(key + ivec2(19, 3)));
  float berry = smoothstep(0.03, -0.03, length(from) - radius) * step(0.02, ripe) * near;
  vec3 skin = fruit * (1.12 - 1.1 * length(from + 0.07)) + 0.28 * smoothstep(0.1, 0.0, length(from + radius * 0.35));
  c = mix(c, fruit * 0.45, 0.35 * near * ripe * smoothstep(0.16, -0.05, length(from - 0.05) - radius));
  c = mix(c, skin, berry);
  float remains = food.b * smoothstep(0.0, 0.25, food.b);
  c = mix(c, uCarrion.rgb * (0.7 + 0.3 * mid + 0.3 * fine * dust), smoothstep(matter - 0.1, matter + 0.2, remains * 1.1) * uCarrion.a);
  for (int layer = 0; layer < 2; layer++) {
    vec4 s = strand(1.9 + 0.4 * float(layer), 71 + 37 * layer, 0.9 * remains);
    c = mix(c, mix(uCarrion.rgb, vec3(0.93, 0.88, 0.78), 0.55 + 0.2 * s.y), 0.9 * s.z);
  }
#endif
  float cue = (food.a - 0.5) * 2.0;
  c = mix(c, uCue.rgb, clamp(cue, 0.0, 1.0) * uCue.a);
  bool off = uWater.a > 0.5 && max(abs(vAt.x - 0.5), abs(vAt.y - 0.5)) > 0.5;
  float wall = off ? 1.0 : texture(uBarrier, vAt).r;
  float soft = max(fwidth(wall), 1e-3);
  float beyond = smoothstep(0.5 - soft, 0.5 + soft, wall);
  if (uWater.a > 0.5) {
    float night = step(0.5, uInk.r);
    vec3 deep = uWater.rgb;
#ifndef PLAIN
    vec2 wave = vPlace * vec2(0.16, 0.34);
    float swell = sin(wave.x + 2.0 * sin(wave.y * 0.7)) * sin(wave.y + 1.7 * sin(wave.x * 0.6));
    deep *= 1.0 + 0.03 * swell * smoothstep(0.4, 1.2, pixelsOf(1.0));
#endif
    deep = mix(deep, mix(deep, vec3(1.0), mix(0.45, 0.12, night)), smoothstep(0.98, 0.6, wall));
    c = mix(c, deep, beyond);
  } else {
    // Stone is darker than light ground, and no lamp at night.
    float hatch = 0.72 + 0.28 * step(0.5, fract((gl_FragCoord.x + gl_FragCoord.y) / 8.0));
    c = mix(c, mix(uSoil.rgb, uInk.rgb, mix(0.75, 0.26, step(0.5, uInk.r))), beyond * hatch);
  }
  if (uPeriod.x > 0.0) {
    vec2 away = abs(vPlace + uView.zw / uView.xy) / uPeriod;
    c = mix(uDesk.rgb, c, max(away.x, away.y) > 0.5 ? ${copyStrength} : 1.0);
  }
  colour = vec4(c, 1.0);
}`;
