import { copyStrength, dimmed } from './shaders.ts';

/** A rectangle of the world, through the view that all programs share (src/view/shaders.ts). */
export const densityVertex = `#version 300 es
precision highp float;
in vec2 aCorner;
uniform vec4 uView;
uniform vec4 uRectangle;
uniform vec2 uCounted;
out vec2 vAt;
out vec2 vPlace;
void main() {
  vec2 place = mix(uRectangle.xy, uRectangle.zw, aCorner * 0.5 + 0.5);
  vAt = (place - uRectangle.xy) / uCounted;
  vPlace = place;
  gl_Position = vec4(place * uView.xy + uView.zw, 0.0, 1.0);
}`;

/** A cell's colour from the scale, as strong as it is full: red is the place on the scale, green the strength, blue the highlight. */
export const densityFragment = `#version 300 es
precision highp float;
uniform vec4 uView;
uniform vec2 uPeriod;
uniform float uStrength;
uniform sampler2D uDensity;
uniform sampler2D uScale;
in vec2 vAt;
in vec2 vPlace;
out vec4 colour;
void main() {
  vec4 cell = texture(uDensity, vAt);
  float strength = uStrength * cell.g * 0.95 * mix(${dimmed}, 1.0, cell.b);
  if (uPeriod.x > 0.0) {
    vec2 from = abs(vPlace + uView.zw / uView.xy) / uPeriod;
    strength *= max(from.x, from.y) > 0.5 ? ${copyStrength} : 1.0;
  }
  vec3 c = texture(uScale, vec2(clamp(cell.r, 0.002, 0.998), 0.5)).rgb;
  c = mix(mix(c, vec3(dot(c, vec3(0.2126, 0.7152, 0.0722))), 0.5), c, cell.b);
  colour = vec4(c * strength, strength);
}`;
