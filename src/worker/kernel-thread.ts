// A thread that shares the work of a world with the thread that steps it. It ends with the world.
import { runThread, type ThreadStart } from '../kernel/threads/run-thread.ts';

globalThis.onmessage = ({ data }: MessageEvent<ThreadStart>) => {
  runThread(data);
  globalThis.close();
};
