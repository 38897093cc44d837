import { it } from 'vitest';
import { selectionOfLoci } from './calibration/markers.ts';
import { cover, judge } from './calibration/row.ts';
it('x', () => { for (const row of selectionOfLoci) { const t = process.cpuUsage().user; const r = judge(row, cover(row, 0, 40)); console.log(row.name, JSON.stringify(r), (process.cpuUsage().user - t)/1e6); } }, 3000000);
