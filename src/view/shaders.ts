/**
 * A program without fine detail: bodies are drops, ground has no grain. It is compiled apart, for software that draws computes both sides of a condition
 * for every pixel.
 */
export const plainly = (shader: string): string => shader.replace('\n', '\n#define PLAIN\n');

/** Contrast that organisms keep while others are highlighted. */
export const dimmed = 0.72;
/** The same of further copies of a world that continues past its edge. */
export const copyStrength = 0.45;

/**
 * The view's place and theme, shared by all programs. Clip coordinates = position * uView.xy + uView.zw;
 * uPixels: device pixels per length, device pixels per CSS pixel; uPeriod: sides of a world that wraps, otherwise 0.
 */
export const head = `
precision highp float;
uniform vec4 uView;
uniform vec2 uPixels;
uniform vec2 uPeriod;
uniform vec4 uInk;
`;

/** Of the copies of a place in a world that wraps, the one nearest to the middle of the view, or one further on by whole worlds. */
export const nearest = `
vec2 nearest(vec2 place, vec2 further) {
  if (uPeriod.x == 0.0) return place;
  vec2 middle = -uView.zw / uView.xy;
  return place + uPeriod * (floor((middle - place) / uPeriod + 0.5) + further);
}`;

/**
 * What all bodies share: x phase of the beat of tails, y 1 where motion is welcome, z 1 where colour is kinship, w CSS pixels of half a
 * body of size 1 at least. Half a body's length in device pixels: 3.4 lengths for size 1, its area in proportion to size.
 */
export const body = `
uniform vec4 uBody;
float halfLength(float size, float least) {
  return max(sqrt(size) * max(1.7 * uPixels.x, least * uBody.w * uPixels.y), 2.25 * uPixels.y);
}`;

/**
 * The frame is a texture of six texels an organism, 512 organisms a row; a vertex finds its own by its number. (Instances would
 * do the same, but software renderers draw them one by one.)
 */
export const organismVertex = `#version 300 es
${head}
${body}
${nearest}
in vec2 aCorner;
uniform vec2 uFurther;
uniform highp sampler2D uFrame;
uniform sampler2D uScale;
uniform vec4 uWorld;
uniform float uShown;
out vec2 vAt;
flat out float vHalf;
flat out float vDetail;
flat out vec3 vColour;
flat out float vKind;
flat out float vLit;
flat out float vStrength;
flat out vec4 vForm;
flat out vec4 vState;
flat out vec4 vLife;
flat out vec4 vMore;
flat out vec2 vForward;
void main() {
  int index = gl_VertexID >> 2;
  if (float(index) >= uShown) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  ivec2 texel = ivec2((index & 511) * 6, index >> 9);
  vec4 place = texelFetch(uFrame, texel, 0);
  vec4 look = texelFetch(uFrame, texel + ivec2(1, 0), 0);
  vForm = texelFetch(uFrame, texel + ivec2(2, 0), 0);
  vState = texelFetch(uFrame, texel + ivec2(3, 0), 0);
  vLife = texelFetch(uFrame, texel + ivec2(4, 0), 0);
  vMore = texelFetch(uFrame, texel + ivec2(5, 0), 0);
  // On a landscape organisms are points of one size; a single one is larger.
  bool point = uWorld.w > 0.5;
  float half_ = point ? (uShown < 8.0 ? 5.0 : vForm.y > 0.5 ? 4.5 : 3.0) * uPixels.y : halfLength(look.x, vState.w > 0.5 ? 1.5 : 1.0);
#ifndef PLAIN
  if (!point) half_ *= mix(1.0, 0.7, smoothstep(0.085, 0.0, vLife.x));
#endif
#ifdef PLAIN
  vDetail = 0.0;
#else
  vDetail = point ? 0.0 : smoothstep(2.5, 5.5, half_ / uPixels.y);
#endif
  // A fan, jaws and a bent tail reach beyond the drop.
  float reach = 1.0 + 0.42 * vDetail;
  vec2 grown = aCorner * (half_ * reach + 1.5) / half_;
  vec2 forward = place.zw;
  vec2 side = vec2(-forward.y, forward.x);
  vec2 offset = (forward * grown.x + side * grown.y) * half_ / uPixels.x;
  gl_Position = vec4((nearest(place.xy, uFurther) + offset) * uView.xy + uView.zw, 0.0, 1.0);
  vStrength = uFurther == vec2(0.0) ? 1.0 : ${copyStrength};
  vAt = grown;
  vHalf = half_;
  vColour = texture(uScale, vec2(clamp(look.y, 0.002, 0.998), 0.5)).rgb;
  vKind = point ? (vForm.y > 0.5 ? 1.0 : 2.0) : look.w;
  vLit = look.z;
  vForward = forward;
}`;

/**
 * A body by signed distance, in units of half its length, the heading along x. Which trait shapes what is listed in src/worker/body-forms.ts.
 * Where bodies are small it becomes a teardrop, smoothly; a second population is a dart with a notched back, so that kinds differ without
 * colour, and a third a disc. On landscapes organisms are discs, or darts where a trait that the scene gives to heads is high. In this order (texts of shaders are shipped with their comments, so these are here):
 *
 * - the spine bends as an arc into the turn and in a wave that grows towards the tail;
 * - the trunk is blunt in front for grass and narrow for fruit; the tail is a stalk with a forked fin;
 * - fins at the sides are swept back and trail further in fast organisms;
 * - the fan is a sector behind the body with a scalloped edge and a row of eyespots;
 * - jaws are two crescents ahead of the head, apart while it bites;
 * - light comes from the upper left of the picture, whatever the heading;
 * - a shadow falls away from the light; the young are small and pale, the old grey; a glint at the mouth is a meal, arcs ahead are a signal;
 * - bands across the back for a high marker, stripes along it for a low one;
 * - rings on the back are drivers, a bright head is what was learned, a red flush is a wound;
 * - eyes are at the sides of the head, wide where senses have many inputs, absent where only the organism itself is sensed; those of hunters are yellow, nearer to each other and have slits; hunters are outlined in red, also where
 *   bodies are small;
 * - organisms that are not highlighted lose colour and a share of their contrast.
 */
export const organismFragment = `#version 300 es
${head}
uniform vec4 uBody;
uniform float uMeals;
uniform float uSingle;
in vec2 vAt;
flat in float vHalf;
flat in float vDetail;
flat in vec3 vColour;
flat in float vKind;
flat in float vLit;
flat in float vStrength;
flat in vec4 vForm;
flat in vec4 vState;
flat in vec4 vLife;
flat in vec4 vMore;
flat in vec2 vForward;
out vec4 colour;
float drop(float u) { return u <= -1.0 || u >= 1.0 ? -1.0 : 0.50 * sqrt(1.0 + u) * (1.0 - u); }
float dart(float u) { return u <= -1.0 || u >= 1.0 ? -1.0 : 0.40 * (1.0 - u); }
float plain(vec2 p) {
  float v = abs(p.y);
  if (vKind > 1.5) return 0.85 * (length(p) - 1.0);
  if (vKind < 0.5) return max(v - drop(clamp(p.x, -0.999, 0.999)), abs(p.x) - 1.0);
  float d = max(max(v - dart(p.x), abs(p.x) - 1.0), -(p.x + 1.0 - 0.9 * v));
  return max(d, v - 0.95);
}
float ellipse(vec2 p, vec2 r) {
  float k = length(p / r);
  return k * (k - 1.0) / max(length(p / (r * r)), 1e-3);
}
float join(float a, float b, float k) {
  float h = max(k - abs(a - b), 0.0) / k;
  return min(a, b) - h * h * k * 0.25;
}
vec2 turned(vec2 p, float angle) {
  float c = cos(angle), s = sin(angle);
  return vec2(c * p.x + s * p.y, c * p.y - s * p.x);
}
float cover(float d) { return clamp(0.5 - d * vHalf, 0.0, 1.0); }
void lay(inout vec4 below, vec3 c, float a) { below = below * (1.0 - a) + vec4(c * a, a); }
void main() {
  float simple = plain(vAt);
  bool disc = vKind > 1.5;
  vec3 c = vColour;
  vec4 drawn = vec4(0.0);
#ifndef PLAIN
  if (vDetail < 0.01)
#endif
  {
    float inside = -simple * vHalf;
    float rim = disc ? 0.35 * smoothstep(2.0, 4.0, vHalf) : vKind < 0.5 ? 0.0 : 0.9 * smoothstep(1.0, 3.0, vHalf);
    vec3 edge = vState.w > 0.5 ? vec3(0.86, 0.16, 0.1) : mix(c, uInk.rgb, rim);
    lay(drawn, mix(edge, c, clamp(inside - 0.7, 0.0, 1.0)), clamp(inside + 0.5, 0.0, 1.0));
  }
#ifndef PLAIN
  else {
    float speed = vForm.x, reserve = vState.x;
    float hunter = clamp(vState.w, 0.0, 1.0), bite = clamp(vState.w - 1.0, 0.0, 1.0);
    float beat = uBody.y * (0.25 + 0.75 * clamp(vState.y, 0.0, 1.0));
    float phase = uBody.x + 40.0 * fract(17.0 * vForm.w + 5.0 * vForm.x);
    vec2 p = vAt;
    float back = max(0.35 - p.x, 0.0);
    p.y -= vDetail * (0.22 * clamp(vState.z, -1.0, 1.0) * p.x * p.x + 0.13 * beat * back * sin(phase + 3.4 * p.x));
    float v = abs(p.y);
    vec2 q = vec2(p.x, v);
    float girth = mix(0.46, 0.3, speed) * mix(0.84, 1.12, reserve) * (1.0 + 0.12 * hunter);
    float trunk;
    if (vKind < 0.5) {
      float ahead = mix(0.3, 0.02, vForm.y);
      float u = p.x - ahead;
      trunk = ellipse(vec2(u, v), vec2(u > 0.0 ? 0.86 - ahead : 0.62 + ahead, girth));
    } else if (!disc) {
      trunk = max(ellipse(vec2(p.x + 0.1, v), vec2(0.85, girth * 1.05)), dot(q - vec2(0.86, 0.0), vec2(0.42, 0.91)));
      trunk = join(trunk, ellipse(q - vec2(0.42, 0.0), vec2(0.36, girth * 0.82)), 0.08);
    } else trunk = ellipse(q, vec2(0.66, max(girth * 1.5, 0.55)));
    float span = mix(0.2, 0.44, speed);
    float stalk = max(v - 0.04 - 0.14 * smoothstep(-0.95, -0.3, p.x), max(p.x + 0.2, -p.x - 0.9));
    float fin = max(max(v - span * (-0.68 - p.x) / 0.36, -p.x - 1.04), p.x + 0.66);
    fin = max(fin, -(p.x + 0.9 + 0.7 * v) * 0.8);
    float flesh = join(trunk, stalk, 0.16);
    vec2 f = turned(q - vec2(0.08 - 0.1 * speed, girth * 0.92), 2.5 + 0.2 * beat * sin(phase));
    float fins = ellipse(f - vec2(0.1 + 0.1 * speed, 0.0), vec2(0.16 + 0.12 * speed, 0.09));
    fin = min(fin, disc ? 1.0 : fins + 0.1 * (1.0 - smoothstep(5.0, 10.0, vHalf)));
    float show = sqrt(clamp(vForm.z, 0.0, 1.0));
    if (show > 0.12) {
      vec2 o = p + vec2(0.12, 0.0);
      float r = length(o), angle = atan(v, -o.x), wide = 0.35 + 1.25 * show, far = 0.5 + 0.78 * show;
      float rays = 0.5 + 0.5 * cos(angle * 11.0);
      float fan = max(r - far * (0.9 + 0.1 * rays), r * sin(clamp(angle - wide, -1.5, 1.5)));
      vec3 plume = mix(c, uInk.rgb * 0.5 + 0.5 * c.gbr, 0.3) * (0.62 + 0.38 * rays);
      float a = cover(fan) * smoothstep(0.12, 0.3, show);
      lay(drawn, plume * 0.55, a);
      lay(drawn, plume, cover(fan + 1.1 / vHalf) * smoothstep(0.12, 0.3, show));
      float step_ = 0.571;
      float ray = (floor(angle / step_ + 0.5)) * step_;
      float spot = length(vec2(r - far * 0.8, (angle - ray) * r));
      float inside = step(ray, wide - 0.08) * smoothstep(0.3, 0.6, show) * smoothstep(5.0, 9.0, vHalf);
      lay(drawn, mix(vec3(0.98, 0.9, 0.6), c, 0.25), cover(spot - 0.085) * inside);
      lay(drawn, vec3(0.05, 0.12, 0.2), cover(spot - 0.045) * inside);
    }
    float jaw = 1.0;
    if (hunter > 0.0) {
      vec2 j = turned(q - vec2(0.62, 0.14), 0.1 + 0.42 * bite) - vec2(0.3, 0.02);
      float r = length(j - vec2(0.0, -0.12));
      jaw = max(abs(r - 0.26) - 0.1 * smoothstep(0.42, -0.25, j.x), -j.y - 0.12);
      jaw = max(jaw, -q.y + 0.015);
    }
    vec2 toLight = vec2(dot(vForward, vec2(-0.6, -0.8)), dot(vec2(-vForward.y, vForward.x), vec2(-0.6, -0.8)));
    float shade = smoothstep(0.16, -0.2, plain((vAt + toLight * 0.2) * 1.04)) * 0.34 * smoothstep(3.5, 8.0, vHalf);
    drawn += vec4(0.0, 0.0, 0.0, shade) * (1.0 - drawn.a);
    if (vLife.z > 0.02) {
      vec2 s = vAt - vec2(0.72, 0.0);
      float far = length(s), wave = abs(fract(far * 3.0 - uBody.x * 0.32 * uBody.y) - 0.5);
      float cone = smoothstep(0.55, 0.85, s.x / max(far, 1e-3)) * smoothstep(0.7, 0.4, far) * smoothstep(0.05, 0.2, far);
      lay(drawn, mix(uInk.rgb, c, 0.4), smoothstep(0.16, 0.06, wave) * cone * clamp(vLife.z, 0.0, 1.0) * 0.7);
    }
    float outer = mix(simple, min(min(flesh, fin), jaw), vDetail);
    float line = 0.2 + 0.65 * smoothstep(4.0, 14.0, vHalf);
    vec3 dark = mix(c * mix(0.5, 0.16, smoothstep(5.0, 14.0, vHalf)), vec3(0.02, 0.035, 0.045), 0.5);
    vec3 edge = mix(dark, vec3(0.86, 0.16, 0.1), 0.8 * hunter);
    lay(drawn, edge, cover(outer - 0.7 * line / vHalf * vDetail));
    float height = clamp(-flesh / girth, 0.0, 1.0);
    vec2 slope = vec2(clamp(p.x - 0.1, -0.8, 0.8) * 0.8, p.y / girth) * (1.0 - height);
    float light = dot(slope, toLight);
    float bright = mix(1.0, mix(0.7, 1.14, reserve), uBody.z);
    vec3 skin = c * bright;
    vec3 thin = mix(skin * 0.72, uInk.rgb, 0.06);
    lay(drawn, thin, cover(mix(simple, fin, vDetail) + 1.4 * line / vHalf) * 0.92);
    lay(drawn, mix(vec3(0.2, 0.13, 0.1), vec3(0.93, 0.88, 0.76), 0.75), cover(jaw + 0.9 * line / vHalf) * vDetail * hunter);
    float bands = smoothstep(0.15, 0.75, cos(p.x * 15.0 + 1.0)) * smoothstep(0.35, 0.95, vForm.w) * smoothstep(0.62, 0.4, p.x);
    float stripe = smoothstep(0.09, 0.03, abs(v - 0.11)) * smoothstep(0.6, 0.05, vForm.w);
    float fine = smoothstep(5.0, 12.0, vHalf);
    vec3 coat = mix(skin, skin * 0.45, 0.62 * fine * max(bands, stripe));
    coat = mix(coat, mix(coat, vec3(1.0), 0.22), fine * smoothstep(0.25, 0.9, height) * (1.0 - max(bands, stripe)));
    float young = smoothstep(0.085, 0.0, vLife.x), old = smoothstep(0.7, 1.25, vLife.x);
    coat = mix(coat, mix(coat, vec3(1.0), 0.35), young);
    coat = mix(coat, vec3(dot(coat, vec3(0.2126, 0.7152, 0.0722))) * 0.92 + 0.06, 0.6 * old);
    if (vLife.w > 0.01) {
      vec2 g = p * 9.0, cell = floor(g), in_ = fract(g) - 0.5;
      float chance = fract(sin(dot(cell, vec2(12.9898, 78.233))) * 43758.5453);
      coat = mix(coat, coat * 0.25, fine * step(chance, vLife.w) * smoothstep(0.36, 0.24, length(in_)));
    }
    if (vMore.x > 0.01) {
      vec2 g = vec2(p.x * 7.0, v * 7.0), in_ = fract(g) - 0.5;
      float ring = abs(length(in_) - 0.27) - 0.07;
      float row_ = floor(g.y), here = step(row_, 2.0 * vMore.x - 0.5) * step(-0.55, p.x) * step(p.x, 0.3);
      coat = mix(coat, vec3(0.86, 0.1, 0.22), fine * here * smoothstep(0.08, 0.0, ring));
    }
    coat = mix(coat, vec3(1.0, 0.97, 0.8), 0.8 * vMore.y * smoothstep(0.12, 0.55, p.x));
    coat = mix(coat, vec3(0.85, 0.12, 0.08), 0.75 * clamp(vMore.z, 0.0, 1.0));
    coat *= 1.0 + 0.3 * light * smoothstep(3.0, 8.0, vHalf);
    float rimmed = smoothstep(0.25, 0.75, light) * smoothstep(6.0, 14.0, vHalf);
    coat = mix(coat, mix(coat, vec3(1.0, 0.97, 0.88), 0.6), rimmed);
    lay(drawn, coat, cover(mix(simple, flesh, vDetail) + 1.2 * line / vHalf * vDetail));
    float glint = length(vec2(p.x - 0.98, p.y)) - 0.09 - 0.05 * vLife.y;
    lay(drawn, mix(vec3(1.0, 0.95, 0.6), vec3(1.0), 0.3), uMeals * cover(glint) * smoothstep(0.05, 0.5, vLife.y) * smoothstep(4.0, 8.0, vHalf));
    float seen = smoothstep(4.0, 7.0, vHalf) * step(0.01, vMore.w), open_ = seen * smoothstep(7.0, 12.0, vHalf);
    float wide_ = mix(0.07, 0.135, clamp(vMore.w, 0.0, 1.0));
    vec2 e = q - vec2(disc ? 0.3 : mix(0.52, 0.46, hunter), girth * mix(0.56, 0.46, hunter) * (disc ? 1.2 : vKind < 0.5 ? mix(1.0, 0.8, vForm.y) : 0.9));
    float eye = length(e) - wide_;
    lay(drawn, dark, cover(eye - 0.02) * seen);
    lay(drawn, mix(vec3(0.98), vec3(1.0, 0.83, 0.35), hunter), cover(eye + 0.02) * open_);
    lay(drawn, vec3(0.03), cover(length((e - vec2(0.025, 0.0)) * vec2(1.0, 1.0 + hunter)) - 0.54 * wide_) * open_);
  }
#endif
  vec3 grey = vec3(dot(drawn.rgb, vec3(0.2126, 0.7152, 0.0722)));
  drawn.rgb = mix(mix(drawn.rgb, grey, 0.35), drawn.rgb, vLit);
  colour = drawn * mix(${dimmed}, 1.0, vLit) * vStrength * uSingle;
}`;

export const ringVertex = `#version 300 es
${head}
${body}
${nearest}
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
  float radius = halfLength(ring.z, 1.0) * 1.1 + 5.0 * uPixels.y;
  vRadius = radius;
  vAt = aCorner * (radius + 2.0);
  vStrong = ring.w;
  gl_Position = vec4((nearest(ring.xy, vec2(0.0)) + vAt / uPixels.x) * uView.xy + uView.zw, 0.0, 1.0);
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
