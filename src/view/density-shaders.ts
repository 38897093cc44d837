import { dimmed } from './shaders.ts';

/** A rectangle of the world, through the view that all programs share (src/view/shaders.ts). */
export const densityVertex = `#version 300 es
precision highp float;
in vec2 aCorner;
uniform vec4 uView;
uniform vec4 uRectangle;
out vec2 vAt;
void main() {
  vAt = aCorner * 0.5 + 0.5;
  vec2 place = mix(uRectangle.xy, uRectangle.zw, vAt);
  gl_Position = vec4(place * uView.xy + uView.zw, 0.0, 1.0);
}`;

/** A cell's colour from the scale, as strong as it is full: red is the place on the scale, green the strength, blue the highlight. */
export const densityFragment = `#version 300 es
precision highp float;
uniform sampler2D uDensity;
uniform sampler2D uScale;
in vec2 vAt;
out vec4 colour;
void main() {
  vec4 cell = texture(uDensity, vAt);
  float strength = cell.g * 0.95 * mix(${dimmed}, 1.0, cell.b);
  vec3 c = texture(uScale, vec2(clamp(cell.r, 0.002, 0.998), 0.5)).rgb;
  c = mix(mix(c, vec3(dot(c, vec3(0.2126, 0.7152, 0.0722))), 0.5), c, cell.b);
  colour = vec4(c * strength, strength);
}`;
