/** An SVG as a picture that a canvas can draw. @throws {Error} for a text that is not one */
export async function loadSvg(svg: string): Promise<HTMLImageElement> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** An SVG as a PNG of this size in pixels. @throws {Error} if the browser cannot make one */
export async function pngOf(svg: string, width: number, height: number): Promise<Blob> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  canvas.getContext('2d')?.drawImage(await loadSvg(svg), 0, 0, width, height);
  return blobOf(canvas);
}

/** What a canvas shows as a PNG. @throws {Error} if the browser cannot make one */
export function blobOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error(`picture: this browser cannot make one of ${canvas.width} by ${canvas.height} pixels`));
    }, 'image/png'),
  );
}
