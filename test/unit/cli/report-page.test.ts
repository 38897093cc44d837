import { expect, it } from 'vitest';
import { reportPage } from '../../../src/cli/analysis/report-page.ts';
import { drawPriceFigure } from '../../../src/experiment/price-figure.ts';

it('a report shows texts of a scene as texts, and its content policy allows no script', () => {
  const text = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
  const windows = [{ from: 0, to: 10, change: 1, values: [1] }];
  const style = { width: 400, height: 300, ink: 'currentColor', faint: '#888' };
  const figure = drawPriceFigure({ title: text, unit: text, terms: [text], windows }, style) ?? '';
  const page = reportPage(text, [figure], text);
  expect(page).not.toMatch(/<script|<img|"><s/);
  expect(page.match(/&lt;script&gt;/g)?.length).toBeGreaterThanOrEqual(6);
  const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page)?.[1];
  expect(policy).toBe("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'");
});
