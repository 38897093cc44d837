import { Buffer, BufferUsage, Geometry, GlProgram, Mesh, Shader, type TextureSource, type UniformGroup } from 'pixi.js';

/** What a program reads besides its vertices. */
export type Resources = Record<string, UniformGroup | TextureSource>;

/** An attribute of the instances: four floats from `offset` floats on. */
interface InstanceAttribute {
  readonly name: string;
  readonly offset: number;
}

export interface InstancedQuads {
  readonly mesh: Mesh<Geometry, Shader>;
  /** Shows `count` instances of `stride` floats. The floats are uploaded at the next rendering and not kept elsewhere. */
  show(floats: Float32Array<ArrayBuffer>, count: number): void;
}

const corners = new Float32Array([-1, -1, 1, -1, 1, 1, -1, 1]);
const triangles = new Uint32Array([0, 1, 2, 0, 2, 3]);

/** A square from -1 to 1 with a program of its own. */
export function quadMesh(name: string, vertex: string, fragment: string, resources: Resources): Mesh<Geometry, Shader> {
  const geometry = new Geometry({ attributes: { aCorner: { buffer: corners, format: 'float32x2' } }, indexBuffer: triangles });
  return new Mesh({ geometry, shader: shaderOf(name, vertex, fragment, resources) });
}

/**
 * The same square drawn once for each instance. The floats of a frame are the instances as they are, so the main thread
 * touches no single organism.
 */
export function instancedQuads(
  name: string,
  vertex: string,
  fragment: string,
  resources: Resources,
  stride: number,
  attributes: readonly InstanceAttribute[],
): InstancedQuads {
  const instances = new Buffer({
    data: new Float32Array(stride),
    label: name,
    shrinkToFit: false,
    usage: BufferUsage.VERTEX | BufferUsage.COPY_DST,
  });
  const geometry = new Geometry({
    attributes: { aCorner: { buffer: corners, format: 'float32x2' } },
    indexBuffer: triangles,
    instanceCount: 0,
  });
  for (const { name: attribute, offset } of attributes) {
    geometry.addAttribute(attribute, {
      buffer: instances,
      format: 'float32x4',
      stride: stride * 4,
      offset: offset * 4,
      instance: true,
    });
  }
  const mesh = new Mesh({ geometry, shader: shaderOf(name, vertex, fragment, resources) });
  mesh.visible = false;
  return {
    mesh,
    show(floats, count) {
      geometry.instanceCount = count;
      mesh.visible = count > 0;
      if (count > 0) instances.setDataWithSize(floats, count * stride, true);
    },
  };
}

function shaderOf(name: string, vertex: string, fragment: string, resources: Resources): Shader {
  return new Shader({ glProgram: GlProgram.from({ name, vertex, fragment }), resources });
}
