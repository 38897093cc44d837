/** Opens the WebGL 2 context of a canvas. @throws {Error} if the browser offers none */
export function openContext(canvas: HTMLCanvasElement): WebGL2RenderingContext {
  const context = canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false, stencil: false });
  if (!context) throw new Error('no WebGL 2');
  return context;
}

/**
 * Whether the processor draws instead of a graphics card: bodies and ground in detail would take the time that the world needs. The page's address can
 * ask for detail all the same, by `?detail=full`.
 */
export function drawsInSoftware(context: WebGL2RenderingContext): boolean {
  if (new URLSearchParams(location.search).get('detail') === 'full') return false;
  const known = context.getExtension('WEBGL_debug_renderer_info');
  const name = String(context.getParameter(known ? known.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name);
}
