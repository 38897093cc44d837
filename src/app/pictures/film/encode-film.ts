// Frames into a file: WebCodecs where the browser has them, otherwise frames are kept and played into its recorder.

/** Kinds of files. */
export type FilmKind = 'webm' | 'mp4';

/** Takes the frames of one film. */
export interface FilmEncoder {
  readonly kind: FilmKind;
  /** Bytes so far, as far as is known. */
  readonly bytes: number;
  /** Takes what the canvas shows as the next frame. */
  add(): Promise<void>;
  /** The file. @param shown called with the share that is done, where that takes long */
  finish(shown: (share: number) => void): Promise<Blob>;
  /** Gives up what has been made. */
  cancel(): Promise<void>;
}

const hasCodecs = () => typeof VideoEncoder !== 'undefined';
const recorderTypes: Readonly<Record<FilmKind, readonly string[]>> = {
  webm: ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm'],
  mp4: ['video/mp4;codecs=avc1', 'video/mp4'],
};
const recorderType = (kind: FilmKind) =>
  typeof MediaRecorder === 'undefined' ? undefined : recorderTypes[kind].find((type) => MediaRecorder.isTypeSupported(type));
const codecs = { webm: ['vp9', 'vp8', 'av1'], mp4: ['avc', 'hevc', 'av1'] } as const;

/** Kinds of files that this browser can write in a size. */
export async function filmKinds(width: number, height: number): Promise<FilmKind[]> {
  if (!hasCodecs()) return (['webm', 'mp4'] as const).filter((kind) => recorderType(kind) !== undefined);
  const { getFirstEncodableVideoCodec } = await import('mediabunny');
  const found: FilmKind[] = [];
  for (const kind of ['webm', 'mp4'] as const) {
    if (await getFirstEncodableVideoCodec([...codecs[kind]], { width, height })) found.push(kind);
  }
  return found;
}

/**
 * Begins a film of what a canvas shows.
 * @param rate frames a second
 * @param bits a second
 * @throws {Error} if the browser cannot write such a film
 */
export async function beginFilm(canvas: HTMLCanvasElement, kind: FilmKind, rate: number, bits: number): Promise<FilmEncoder> {
  return hasCodecs() ? encodeFrames(canvas, kind, rate, bits) : keepFrames(canvas, kind, rate, bits);
}

const refusal = (kind: FilmKind) =>
  new Error(`film: this browser cannot write ${kind === 'mp4' ? 'MP4' : 'WebM'}; choose the other format`);

async function encodeFrames(canvas: HTMLCanvasElement, kind: FilmKind, rate: number, bits: number): Promise<FilmEncoder> {
  const { BufferTarget, CanvasSource, getFirstEncodableVideoCodec, Mp4OutputFormat, Output, Quality, WebMOutputFormat } =
    await import('mediabunny');
  const { width, height } = canvas;
  const quality = new Quality({ bitrate: bits, bitrateMode: 'variable' });
  const codec = await getFirstEncodableVideoCodec([...codecs[kind]], { width, height, quality, frameRate: rate });
  if (!codec) throw refusal(kind);
  const target = new BufferTarget();
  const output = new Output({
    format: kind === 'mp4' ? new Mp4OutputFormat({ fastStart: 'in-memory' }) : new WebMOutputFormat(),
    target,
  });
  let bytes = 0;
  const source = new CanvasSource(canvas, {
    codec,
    quality,
    keyFrameInterval: 2,
    latencyMode: 'quality',
    onEncodedPacket: ({ data }) => {
      bytes += data.byteLength;
    },
  });
  output.addVideoTrack(source, { frameRate: rate });
  await output.start();
  let frames = 0;
  return {
    kind,
    get bytes() {
      return bytes;
    },
    async add() {
      await source.add(frames / rate, 1 / rate);
      frames++;
    },
    async finish() {
      await output.finalize();
      return new Blob([target.buffer ?? new ArrayBuffer(0)], { type: `video/${kind}` });
    },
    cancel: () => output.cancel(),
  };
}

/** The recorder follows the clock, so frames are kept as pictures and played to it once all of them are there. */
async function keepFrames(canvas: HTMLCanvasElement, kind: FilmKind, rate: number, bits: number): Promise<FilmEncoder> {
  const type = recorderType(kind);
  if (!type) throw refusal(kind);
  const frames: Blob[] = [];
  let cancelled = false;
  return {
    kind,
    bytes: 0,
    async add() {
      const frame = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92));
      if (frame) frames.push(frame);
    },
    async finish(shown) {
      const context = canvas.getContext('2d');
      const stream = canvas.captureStream(rate);
      const recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: bits });
      const parts: Blob[] = [];
      recorder.ondataavailable = ({ data }) => void parts.push(data);
      const stopped = new Promise((resolve) => {
        recorder.onstop = resolve;
      });
      recorder.start(1000);
      for (let i = 0; i < frames.length && !cancelled; i++) {
        const picture = await createImageBitmap(frames[i]);
        context?.drawImage(picture, 0, 0);
        picture.close();
        shown((i + 1) / frames.length);
        await new Promise((resolve) => setTimeout(resolve, 1000 / rate));
      }
      recorder.stop();
      await stopped;
      for (const track of stream.getTracks()) track.stop();
      return new Blob(parts, { type });
    },
    async cancel() {
      cancelled = true;
      frames.length = 0;
    },
  };
}
