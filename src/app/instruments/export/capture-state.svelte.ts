import { download } from '../../ui/download.ts';
import { duration, size, whole } from '../../ui/words.ts';
import type { InstrumentContext } from '../instrument-context.ts';

/** Pictures a second of a video. */
const rate = 30;
/** Kinds of video, the best first; browsers differ in what they can write. */
const kinds = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm', 'video/mp4'];

/** Pictures and videos of the present drawing of the world. */
export class CaptureState {
  /** Seconds for which a video has been made, -1 for none. */
  seconds = $state(-1);
  /** Whether a poster is being drawn. */
  drawing = $state(false);
  private recorder: MediaRecorder | undefined;
  private timer = 0;

  constructor(private readonly page: InstrumentContext) {}

  get recording(): boolean {
    return this.seconds >= 0;
  }

  /** Saves what the view shows as a PNG. */
  async picture(): Promise<void> {
    const { page } = this;
    const blob = await page.view?.picture();
    if (!blob) {
      page.notices.say({ text: 'No picture could be taken: this browser cannot draw the world.', kind: 'trouble' });
      return;
    }
    const name = download(`${this.name()}.png`, [blob], 'image/png');
    page.notices.say({ text: `Saved as ${name}.`, kind: 'plain' });
  }

  /** Saves a poster of the present state. */
  async poster(kind: 'png' | 'svg'): Promise<void> {
    const { page } = this;
    if (this.drawing) return;
    this.drawing = true;
    try {
      const { makePoster } = await import('../../pictures/poster/make-poster.ts');
      const { file, name } = await makePoster(page, kind);
      page.notices.say({ text: `Saved as ${download(name, [file], file.type)}: ${size(file.size)}.`, kind: 'plain' });
    } catch (error) {
      page.notices.trouble(error);
    } finally {
      this.drawing = false;
    }
  }

  /** Begins a video of what the view shows from now on. */
  begin(): void {
    const { page } = this;
    const stream = page.view?.stream(rate);
    const type = typeof MediaRecorder === 'undefined' ? undefined : kinds.find((kind) => MediaRecorder.isTypeSupported(kind));
    if (!stream || !type) {
      page.notices.say({ text: 'This browser cannot record videos.', kind: 'trouble' });
      return;
    }
    const parts: Blob[] = [];
    const recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: 6_000_000 });
    const began = performance.now();
    const from = page.world.figures.tick;
    recorder.ondataavailable = ({ data }) => void parts.push(data);
    recorder.onstop = () => {
      for (const track of stream.getTracks()) track.stop();
      window.clearInterval(this.timer);
      this.recorder = undefined;
      this.seconds = -1;
      const bytes = parts.reduce((sum, part) => sum + part.size, 0);
      const name = download(`${this.name(from)}.${type.startsWith('video/mp4') ? 'mp4' : 'webm'}`, parts, type);
      page.notices.say({
        text: `Saved as ${name}: ${duration((performance.now() - began) / 1000)}, ${size(bytes)}.`,
        kind: 'plain',
      });
    };
    // In pieces, so that a long one need not be kept in one.
    recorder.start(1000);
    this.recorder = recorder;
    this.seconds = 0;
    this.timer = window.setInterval(() => {
      this.seconds = Math.round((performance.now() - began) / 1000);
      // A still world is drawn too, or the video would be shorter than the recorded time.
      page.view?.touch();
    }, 1000 / 4);
  }

  /** Ends the video and saves it. */
  end(): void {
    this.recorder?.stop();
  }

  private name(from?: number): string {
    const { text: world, figures } = this.page.world;
    const ticks = from === undefined ? String(figures.tick) : `${from}-${figures.tick}`;
    return `${world?.name ?? 'world'}-${world?.seed ?? ''}-${ticks}`.replaceAll(/[^\w.-]+/g, '_');
  }
}

/** Label of the button while a video is recorded. */
export const recordingWords = (seconds: number): string => `Stop and save the video (${whole(seconds)} s)`;
