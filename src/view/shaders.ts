/**
 * The view's place and theme, shared by all programs. Clip coordinates = position * uView.xy + uView.zw;
 * uPixels: device pixels per length, device pixels per CSS pixel.
 */
const head = `
precision highp float;
uniform vec4 uView;
uniform vec2 uPixels;
uniform vec4 uInk;
`;

/** Half a body's length in device pixels: 3.4 lengths for size 1, its area in proportion to size, at least 4.5 CSS pixels. */
const body = 'float halfLength(float size, float least) { return max(1.7 * sqrt(size) * uPixels.x, least * uPixels.y); }';

/**
 * The frame is a texture of two texels an organism, 512 organisms a row; a vertex finds its own by its number. (Instances would
 * do the same, but software renderers draw them one by one.)
 */
export const organismVertex = `#version 300 es
${head}
${body}
in vec2 aCorner;
uniform highp sampler2D uFrame;
uniform sampler2D uScale;
uniform vec4 uWorld;
out vec2 vAt;
flat out float vHalf;
flat out vec3 vColour;
flat out float vKind;
flat out float vLit;
void main() {
  int index = gl_VertexID >> 2;
  if (float(index) >= uWorld.z) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  ivec2 texel = ivec2((index & 511) << 1, index >> 9);
  vec4 place = texelFetch(uFrame, texel, 0);
  vec4 look = texelFetch(uFrame, texel + ivec2(1, 0), 0);
  // On a landscape organisms are points of one size; a single one is larger.
  bool point = uWorld.w > 0.5;
  float half_ = point ? (uWorld.z < 8.0 ? 5.0 : 2.5) * uPixels.y : halfLength(look.x, look.w < 0.5 ? 2.25 : 3.25);
  vec2 grown = aCorner * (half_ + 1.5) / half_;
  vec2 forward = place.zw;
  vec2 side = vec2(-forward.y, forward.x);
  vec2 offset = (forward * grown.x + side * grown.y) * half_ / uPixels.x;
  gl_Position = vec4((place.xy + offset) * uView.xy + uView.zw, 0.0, 1.0);
  vAt = grown;
  vHalf = half_;
  vColour = texture(uScale, vec2(clamp(look.y, 0.002, 0.998), 0.5)).rgb;
  vKind = point ? 2.0 : look.w;
  vLit = look.z;
}`;

/** A teardrop whose tip leads; a second population is a dart with a notched back, so that kinds differ without colour. */
export const organismFragment = `#version 300 es
${head}
in vec2 vAt;
flat in float vHalf;
flat in vec3 vColour;
flat in float vKind;
flat in float vLit;
out vec4 colour;
float drop(float u) { return u <= -1.0 || u >= 1.0 ? -1.0 : 0.50 * sqrt(1.0 + u) * (1.0 - u); }
float dart(float u) { return u <= -1.0 || u >= 1.0 ? -1.0 : 0.40 * (1.0 - u); }
void main() {
  float v = abs(vAt.y);
  float d;
  if (vKind > 1.5) {
    d = 0.85 * (length(vAt) - 1.0);
  } else if (vKind < 0.5) {
    d = max(v - drop(clamp(vAt.x, -0.999, 0.999)), abs(vAt.x) - 1.0);
  } else {
    d = max(max(v - dart(vAt.x), abs(vAt.x) - 1.0), -(vAt.x + 1.0 - 0.9 * v));
    d = max(d, -0.55 + v - 0.4);
  }
  float inside = -d * vHalf;
  float cover = clamp(inside + 0.5, 0.0, 1.0);
  vec3 c = vColour;
  float edge = clamp(inside - 0.7, 0.0, 1.0);
  float rim = vKind > 1.5 ? 0.35 * smoothstep(2.0, 4.0, vHalf) : vKind < 0.5 ? 0.45 * smoothstep(5.0, 12.0, vHalf) : 0.9 * smoothstep(1.0, 3.0, vHalf);
  c = mix(mix(c, uInk.rgb, rim), c, edge);
  if (vHalf > 20.0 && vKind < 1.5) {
    float eye = length(vec2(vAt.x - 0.34, v - 0.17)) * vHalf;
    float radius = 0.085 * vHalf;
    c = mix(c, vec3(0.99), clamp(radius - eye + 0.5, 0.0, 1.0));
    float pupil = length(vec2(vAt.x - 0.37, v - 0.17)) * vHalf;
    c = mix(c, vec3(0.08), clamp(radius * 0.55 - pupil + 0.5, 0.0, 1.0));
  }
  // An organism that is not highlighted is drawn as a shade: less of it, so that it differs in lightness and not in hue alone.
  cover *= mix(0.24, 1.0, vLit);
  colour = vec4(c * cover, cover);
}`;

export const ringVertex = `#version 300 es
${head}
${body}
in vec2 aCorner;
uniform vec4 uPicked;
uniform vec4 uPointed;
out vec2 vAt;
flat out float vRadius;
flat out float vStrong;
void main() {
  vec4 ring = gl_VertexID < 4 ? uPointed : uPicked;
  if (ring.w == 0.0) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  float radius = halfLength(ring.z, 2.25) + 6.0 * uPixels.y;
  vRadius = radius;
  vAt = aCorner * (radius + 2.0);
  vStrong = ring.w;
  gl_Position = vec4((ring.xy + vAt / uPixels.x) * uView.xy + uView.zw, 0.0, 1.0);
}`;

export const ringFragment = `#version 300 es
${head}
uniform vec4 uAccent;
in vec2 vAt;
flat in float vRadius;
flat in float vStrong;
out vec4 colour;
void main() {
  float from = abs(length(vAt) - vRadius);
  float wide = vStrong > 0.5 ? 1.4 : 0.8;
  float cover = clamp(wide - from + 0.5, 0.0, 1.0) * vStrong;
  float halo = clamp(wide + 1.2 - from + 0.5, 0.0, 1.0) * vStrong * 0.6;
  vec3 c = mix(uInk.rgb, uAccent.rgb, cover);
  float a = max(cover, halo);
  colour = vec4(c * a, a);
}`;

export const groundVertex = `#version 300 es
${head}
in vec2 aCorner;
uniform vec4 uWorld;
out vec2 vAt;
void main() {
  vAt = aCorner * 0.5 + 0.5;
  gl_Position = vec4(vAt * uWorld.xy * uView.xy + uView.zw, 0.0, 1.0);
}`;

export const groundFragment = `#version 300 es
${head}
uniform sampler2D uFood;
uniform sampler2D uBarrier;
uniform vec4 uSoil;
uniform vec4 uGrass;
uniform vec4 uFruit;
uniform vec4 uCarrion;
uniform vec4 uCue;
in vec2 vAt;
out vec4 colour;
void main() {
  vec4 food = texture(uFood, vAt);
  vec3 c = uSoil.rgb;
  c = mix(c, uGrass.rgb, food.r * uGrass.a);
  c = mix(c, uFruit.rgb, food.g * uFruit.a);
  c = mix(c, uCarrion.rgb, food.b * uCarrion.a);
  float cue = (food.a - 0.5) * 2.0;
  c = mix(c, uCue.rgb, clamp(cue, 0.0, 1.0) * uCue.a);
  float wall = texture(uBarrier, vAt).r;
  float hatch = 0.72 + 0.28 * step(0.5, fract((gl_FragCoord.x + gl_FragCoord.y) / 8.0));
  c = mix(c, uInk.rgb, step(0.5, wall) * hatch * 0.75);
  colour = vec4(c, 1.0);
}`;
