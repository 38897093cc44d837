// Imported before everything else by programs that run under the page's content policy: zod then makes no functions from texts, and does
// not try whether it could, which browsers would report.
import { config } from 'zod';

config({ jitless: true });
