import { body, head, nearest } from './shaders.ts';

/** Milliseconds that an event of each kind is seen, in the order of `lifeEventKinds`; the last is the path of what is picked, which stays. */
export const lifeMilliseconds = [2200, 1000, 1100, 700, 600, 700, Number.POSITIVE_INFINITY] as const;

const durations = lifeMilliseconds.map((time) => (Number.isFinite(time) ? `${time}.0` : '1.0e9')).join(', ');

/**
 * Events as squares of two texels: place and way to the other place; kind, begin, colour on the scale or -1, strength. Around a place, or
 * along the way between two.
 */
export const lifeVertex = `#version 300 es
${head}
${body}
${nearest}
in vec2 aCorner;
uniform highp sampler2D uEvents;
uniform sampler2D uScale;
uniform vec2 uNow;
out vec2 vAt;
flat out float vKind;
flat out float vTime;
flat out float vHalf;
flat out float vLong;
flat out float vStrength;
flat out vec3 vColour;
const float durations[7] = float[7](${durations});
void main() {
  int index = gl_VertexID >> 2;
  ivec2 texel = ivec2((index & 255) << 1, index >> 8);
  vec4 place = texelFetch(uEvents, texel, 0);
  vec4 event = texelFetch(uEvents, texel + ivec2(1, 0), 0);
  float t = event.x < 0.0 ? 2.0 : (uNow.x - event.y) / durations[int(event.x)];
  if (t < 0.0 || t > 1.0 || event.w <= 0.0) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  vHalf = halfLength(1.0, 1.0);
  vKind = event.x;
  vTime = t;
  vStrength = event.w;
  vColour = event.z < 0.0 ? uInk.rgb : texture(uScale, vec2(event.z, 0.5)).rgb;
  float far = length(place.zw);
  bool two = vKind == 1.0 || vKind == 2.0 || vKind == 6.0;
  vLong = two ? 0.5 * far * uPixels.x : 0.0;
  vec2 along = two && far > 0.0 ? place.zw / far : vec2(1.0, 0.0);
  vec2 across = vec2(-along.y, along.x);
  float reach = vKind == 0.0 ? max(7.0 * vHalf, 26.0 * uPixels.y) : vKind == 6.0 ? 3.0 * uPixels.y : max(2.8 * vHalf, 7.0 * uPixels.y);
  float wide = two && vKind != 6.0 ? reach + 0.5 * vLong : reach;
  vAt = aCorner * vec2(vLong + reach, wide);
  vec2 middle = nearest(place.xy, vec2(0.0)) + (two ? 0.5 * place.zw : vec2(0.0));
  vec2 spot = middle + (along * vAt.x + across * vAt.y) / uPixels.x;
  gl_Position = vec4(spot * uView.xy + uView.zw, 0.0, 1.0);
}`;

/** What is drawn is listed in src/worker/life-event-kinds.ts. All of it fades; nothing covers a body for long. */
export const lifeFragment = `#version 300 es
${head}
uniform vec4 uAccent;
in vec2 vAt;
flat in float vKind;
flat in float vTime;
flat in float vHalf;
flat in float vLong;
flat in float vStrength;
flat in vec3 vColour;
out vec4 colour;
float cover(float d) { return clamp(0.5 - d, 0.0, 1.0); }
float glow(float d, float size) { return exp(-max(d, 0.0) / size); }
void main() {
  float r = length(vAt), t = vTime, ease = 1.0 - (1.0 - t) * (1.0 - t), fade = (1.0 - t) * (1.0 - t);
  float px = uPixels.y, a = 0.0;
  vec3 c = vColour;
  if (vKind < 0.5) {
    float ring = mix(1.5, 6.0, ease) * max(vHalf, 4.0 * px);
    a = (cover(abs(r - ring) - 1.2 * px) + 0.35 * glow(abs(r - ring), 3.0 * px)) * (1.0 - t);
    c = mix(c, uInk.rgb, 0.25);
  } else if (vKind < 1.5) {
    float bulge = 0.35 * vLong + 0.6 * vHalf, s = vLong > 0.0 ? vAt.x / vLong : 0.0;
    float off = abs(vAt.y - bulge * (1.0 - s * s)) / sqrt(1.0 + 4.0 * bulge * bulge * s * s / max(vLong * vLong, 1.0));
    float at = mix(-1.1, 1.3, min(1.0, t * 1.35));
    float trail = step(s, at) * exp(-(at - s) * 1.6) * step(abs(s), 1.02);
    float head_ = glow(length(vec2((s - at) * vLong, vAt.y - bulge * (1.0 - at * at))), max(0.3 * vHalf, 2.5 * px)) * step(abs(at), 1.05);
    a = (cover(off - 1.0 * px) * 0.9 + 0.4 * glow(off, 2.5 * px)) * trail * (1.0 - t) + head_;
    c = mix(vec3(0.1, 0.42, 0.85), vec3(0.75, 0.93, 1.0), clamp(head_ + step(0.5, uInk.r) * 0.6, 0.0, 1.0));
  } else if (vKind < 2.5) {
    float turn = 6.2832 * ease, wide = max(vLong, 1.3 * vHalf);
    vec2 spot = vec2(cos(turn) * wide, sin(turn) * wide * 0.75);
    float near = min(length(vAt - spot), length(vAt + spot));
    float size = max(0.22 * vHalf, 1.4 * px);
    a = (cover(near - size) + 0.5 * glow(near - size, 1.2 * size)) * sin(3.1416 * t);
    c = mix(vec3(0.82, 0.28, 0.5), vec3(1.0, 0.78, 0.85), step(0.5, uInk.r));
  } else if (vKind < 3.5) {
    float rays = pow(0.5 + 0.5 * cos(6.0 * atan(vAt.y, vAt.x)), 3.0), far = max(vHalf, 3.0 * px) * (0.5 + 1.3 * ease);
    a = cover(r - far * mix(0.35, 1.0, rays)) * fade * 0.9;
    c = vec3(0.84, 0.2, 0.13);
  } else if (vKind < 4.5) {
    float ring = max(vHalf, 2.5 * px) * mix(0.5, 1.9, ease);
    a = (cover(abs(r - ring) - 0.8 * px) * 0.8 + cover(r - ring) * 0.16) * fade;
  } else if (vKind < 5.5) {
    float size = max(vHalf, 2.0 * px) * mix(0.9, 0.3, ease);
    a = cover((r - size) / max(1.0, 0.35 * size)) * fade * 0.5;
    c = uInk.rgb;
  } else {
    a = cover(abs(vAt.y) - 0.8 * px) * step(abs(vAt.x), vLong + 0.5);
    c = uAccent.rgb;
  }
  a = clamp(a, 0.0, 1.0) * vStrength;
  colour = vec4(c * a, a);
}`;
