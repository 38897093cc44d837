/** Heights of a landscape over a rectangle of the view: shading, and contours as wide as a line whatever the slope. */
export const heightVertex = `#version 300 es
precision highp float;
uniform vec4 uView;
in vec2 aCorner;
uniform vec4 uRectangle;
out vec2 vAt;
void main() {
  vAt = aCorner * 0.5 + 0.5;
  gl_Position = vec4(mix(uRectangle.xy, uRectangle.zw, vAt) * uView.xy + uView.zw, 0.0, 1.0);
}`;

/**
 * uHeight: log fitness at full shade and at none, from one contour to the next (all minus the base), device pixels per CSS pixel.
 * Every fifth contour is strong. Float textures are not filtered everywhere: the shader interpolates linearly between heights.
 */
export const heightFragment = `#version 300 es
precision highp float;
uniform vec4 uInk;
uniform vec4 uHeight;
uniform vec4 uLow;
uniform vec4 uHigh;
uniform highp sampler2D uHeights;
in vec2 vAt;
out vec4 colour;
void main() {
  ivec2 last = textureSize(uHeights, 0) - 1;
  vec2 at = vAt * vec2(last);
  ivec2 cell = clamp(ivec2(floor(at)), ivec2(0), last - 1);
  vec2 share = at - vec2(cell);
  float height = mix(
    mix(texelFetch(uHeights, cell, 0).r, texelFetch(uHeights, cell + ivec2(1, 0), 0).r, share.x),
    mix(texelFetch(uHeights, cell + ivec2(0, 1), 0).r, texelFetch(uHeights, cell + ivec2(1, 1), 0).r, share.x),
    share.y
  );
  float level = height / uHeight.z;
  float slope = max(fwidth(level), 1e-6);
  float nearest = floor(level + 0.5);
  float pixels = abs(level - nearest) / slope;
  float strong = step(abs(nearest - 5.0 * floor(nearest / 5.0 + 0.5)), 0.5);
  float wide = (strong > 0.5 ? 0.8 : 0.45) * uHeight.w;
  // Contours closer than four pixels would run into each other.
  float crowd = 1.0 - smoothstep(0.12, 0.3, slope);
  float strongCrowd = 1.0 - smoothstep(0.6, 1.5, slope);
  float line = clamp(wide + 0.5 - pixels, 0.0, 1.0) * (strong > 0.5 ? 0.42 * strongCrowd : 0.24 * crowd);
  // Flat ground is nowhere on a contour.
  line *= step(1e-5, fwidth(level));
  vec3 c = mix(uLow.rgb, uHigh.rgb, clamp((height - uHeight.x) / max(uHeight.y - uHeight.x, 1e-30), 0.0, 1.0));
  colour = vec4(mix(c, uInk.rgb, line), 1.0);
}`;
