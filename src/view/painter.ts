import {
  type BufferInfo,
  createBufferInfoFromArrays,
  createProgramInfo,
  drawBufferInfo,
  type ProgramInfo,
  setBuffersAndAttributes,
  setUniforms,
} from 'twgl.js';

/** Values of uniforms by name: vectors, and texels for samplers. */
export type Uniforms = Readonly<Record<string, Float32Array | Texels>>;

const corners = [-1, -1, 1, -1, 1, 1, -1, 1];
const triangles = [0, 1, 2, 0, 2, 3];

/** How the texels of a format are stored: names of WebGL's constants. */
const formats = {
  rgba8: ['RGBA8', 'RGBA', 'UNSIGNED_BYTE'],
  r8: ['R8', 'RED', 'UNSIGNED_BYTE'],
  rgba32f: ['RGBA32F', 'RGBA', 'FLOAT'],
  r32f: ['R32F', 'RED', 'FLOAT'],
} as const;

/** What a sampler reads: bytes or floats, uploaded when they have changed. Floats are never filtered. */
export class Texels {
  /** Beyond an edge the texels begin again. */
  repeats: boolean;
  private data: Uint8Array | Float32Array | undefined;
  private width = 1;
  private height = 1;
  private texture: WebGLTexture | undefined;
  private owner: object | undefined;
  private stale = true;
  private stored = '';

  constructor(
    private readonly format: keyof typeof formats,
    private readonly options: { readonly smooth?: boolean; readonly repeats?: boolean } = {},
  ) {
    this.repeats = options.repeats ?? false;
  }

  /** Shows other texels, row by row; they are read with the next drawing. */
  show(data: Uint8Array | Float32Array, width: number, height: number): void {
    this.data = data;
    this.width = width;
    this.height = height;
    this.stale = true;
  }

  /** The texture, up to date. @param owner represents the context as long as it is not lost */
  in(gl: WebGL2RenderingContext, owner: object): WebGLTexture {
    const isNew = this.owner !== owner || !this.texture;
    if (!this.texture || isNew) {
      this.texture = gl.createTexture();
      this.owner = owner;
      this.stored = '';
    }
    if (!isNew && !this.stale) return this.texture;
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    const edge = this.repeats ? gl.REPEAT : gl.CLAMP_TO_EDGE;
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, edge);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, edge);
    const [internal, format, type] = formats[this.format];
    const size = `${this.width} ${this.height}`;
    const { data, width, height } = this;
    if (size === this.stored && data) {
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height, gl[format], gl[type], data);
    } else {
      const filter = this.options.smooth ? gl.LINEAR : gl.NEAREST;
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, filter);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, filter);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl[internal], width, height, 0, gl[format], gl[type], data ?? null);
      this.stored = size;
    }
    this.stale = false;
    return this.texture;
  }
}

/** Squares from -1 to 1 with a program of their own, which finds its square as gl_VertexID / 4. */
export class Squares {
  visible = true;
  private program: ProgramInfo | undefined;
  private buffers: BufferInfo | undefined;
  private made = 0;
  private owner: object | undefined;

  /** @param count number of squares; it may change between drawings */
  constructor(
    private readonly vertex: string,
    private readonly fragment: string,
    private readonly own: Uniforms,
    public count = 1,
  ) {}

  /** Draws all squares. @param painter of the context @param further uniforms of this drawing alone */
  draw(painter: Painter, further: Uniforms = {}): void {
    const { gl } = painter;
    if (this.owner !== painter.owner) {
      this.program = createProgramInfo(gl, [this.vertex, this.fragment]);
      this.buffers = undefined;
      this.owner = painter.owner;
    }
    if (!this.buffers || this.made !== this.count) {
      for (const buffer of [this.buffers?.indices, this.buffers?.attribs?.aCorner?.buffer]) if (buffer) gl.deleteBuffer(buffer);
      this.buffers = createBufferInfoFromArrays(gl, squaresOf(this.count));
      this.made = this.count;
    }
    if (!this.program) return;
    gl.useProgram(this.program.program);
    setBuffersAndAttributes(gl, this.program, this.buffers);
    // All texels are up to date before the first is bound: an upload would take its place.
    const ready = [painter.shared, this.own, further].map((uniforms) => painter.ready(uniforms));
    for (const uniforms of ready) setUniforms(this.program, uniforms);
    drawBufferInfo(gl, this.buffers);
  }
}

/** Corners and triangles of `squares` squares. */
function squaresOf(squares: number) {
  const corner = new Float32Array(squares * 8);
  const indices = new Uint32Array(squares * 6);
  for (let square = 0; square < squares; square++) {
    corner.set(corners, square * 8);
    for (let i = 0; i < 6; i++) indices[square * 6 + i] = square * 4 + triangles[i];
  }
  return { aCorner: { numComponents: 2, data: corner }, indices };
}

/**
 * Draws squares into a canvas, one list after the other, the next over the former, with premultiplied colours. After the loss of a context everything
 * is made again with the next drawing.
 */
export class Painter {
  /** Changes when a context was lost and is there again. */
  owner: object = {};
  /** Device pixels per CSS pixel. */
  resolution = 1;
  private readonly back = new Float32Array([0, 0, 0, 1]);
  private readonly stop: () => void;

  /**
   * @param shared uniforms that all programs may read
   * @param restored called when a lost context is there again
   */
  constructor(
    readonly gl: WebGL2RenderingContext,
    readonly shared: Uniforms,
    restored: () => void,
  ) {
    const { canvas } = this;
    // Without this a lost context stays lost.
    const lost = (event: Event) => event.preventDefault();
    const back = () => {
      this.owner = {};
      restored();
    };
    canvas.addEventListener('webglcontextlost', lost);
    canvas.addEventListener('webglcontextrestored', back);
    this.stop = () => {
      canvas.removeEventListener('webglcontextlost', lost);
      canvas.removeEventListener('webglcontextrestored', back);
    };
  }

  get canvas(): HTMLCanvasElement {
    return this.gl.canvas as HTMLCanvasElement;
  }

  /** @param width CSS pixels @param height CSS pixels @param resolution device pixels per CSS pixel */
  resize(width: number, height: number, resolution: number): void {
    this.resolution = resolution;
    this.canvas.width = Math.max(1, Math.round(width * resolution));
    this.canvas.height = Math.max(1, Math.round(height * resolution));
  }

  /** Colour of what nothing is drawn on. */
  setBack(colour: readonly number[]): void {
    this.back.set(colour.slice(0, 3));
  }

  /** Begins a picture, by default of the whole canvas. @param width device pixels @param height device pixels */
  clear(back: ArrayLike<number> = this.back, width = this.gl.drawingBufferWidth, height = this.gl.drawingBufferHeight): void {
    const { gl } = this;
    gl.viewport(0, 0, width, height);
    const { 0: r, 1: g, 2: b, 3: a } = back;
    gl.clearColor(r, g, b, a);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    // Rows of one-byte texels need not be a multiple of four long.
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  }

  /** Uniforms as WebGL takes them: texels as textures. */
  ready(uniforms: Uniforms): Record<string, Float32Array | WebGLTexture> {
    const made: Record<string, Float32Array | WebGLTexture> = {};
    for (const name in uniforms) {
      const value = uniforms[name];
      made[name] = value instanceof Texels ? value.in(this.gl, this.owner) : value;
    }
    return made;
  }

  /** Gives the context back. */
  destroy(): void {
    this.stop();
    this.gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}
