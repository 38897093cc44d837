import { afterAll } from 'vitest';
import { disposeAll } from '../../src/kernel/memory.ts';

// Files of a worker share its modules, and so the worlds that may be alive at once: whatever a file leaves alive ends with it.
afterAll(disposeAll);
