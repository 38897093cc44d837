import { Geometry, GlProgram, Mesh, Shader, type TextureSource, type UniformGroup } from 'pixi.js';

/** What a program reads besides its vertices. */
export type Resources = Record<string, UniformGroup | TextureSource>;

const corners = [-1, -1, 1, -1, 1, 1, -1, 1];
const triangles = [0, 1, 2, 0, 2, 3];

/** Squares from -1 to 1 with their own program, which finds its square as gl_VertexID / 4. */
export function quadMesh(
  name: string,
  vertex: string,
  fragment: string,
  resources: Resources,
  squares = 1,
): Mesh<Geometry, Shader> {
  const shader = new Shader({ glProgram: GlProgram.from({ name, vertex, fragment }), resources });
  return new Mesh({ geometry: quadGeometry(squares), shader });
}

/** Corners and triangles of `squares` squares. */
export function quadGeometry(squares: number): Geometry {
  const corner = new Float32Array(squares * 8);
  const index = new Uint32Array(squares * 6);
  for (let square = 0; square < squares; square++) {
    corner.set(corners, square * 8);
    for (let i = 0; i < 6; i++) index[square * 6 + i] = square * 4 + triangles[i];
  }
  return new Geometry({ attributes: { aCorner: { buffer: corner, format: 'float32x2' } }, indexBuffer: index });
}
