/** Numbers of one organism in a cloud of genome space: x, y, the place in the palette, and the highlight (1 or 0). */
export const cloudStride = 4;
