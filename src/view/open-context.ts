import { BrowserAdapter, DOMAdapter, type ICanvas } from 'pixi.js';

/**
 * Opens the WebGL 2 context of a canvas and makes pixi use it to find out how precise shaders can be, instead of a second
 * context: where WebGL is rendered in software, a context costs half a second.
 * @throws {Error} if the browser offers none.
 */
export function openContext(canvas: HTMLCanvasElement): WebGL2RenderingContext {
  const context = canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false, stencil: true });
  if (!context) throw new Error('no WebGL 2');
  // The scene has no text, no pictures and no other canvas: this context needs nothing else.
  const stand = { getContext: () => context } as unknown as ICanvas;
  DOMAdapter.set({ ...BrowserAdapter, createCanvas: () => stand });
  return context;
}
