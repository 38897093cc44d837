import { downloadText } from './download.ts';

const svgSpace = 'http://www.w3.org/2000/svg';
/** Styles that the page's style sheets set and a file must contain itself. */
const styles = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'opacity',
  'paint-order',
  'font-size',
  'font-weight',
  'text-anchor',
  'display',
];

/** A plot of the page, and its size in CSS pixels. */
export interface PlotPart {
  readonly plot: SVGSVGElement;
  readonly width: number;
  readonly height: number;
}

/** An SVG with its size in CSS pixels. */
export interface Drawing {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** Saves plots one below the other as a single SVG that looks as they do now, on the page's paper. */
export function saveSvg(name: string, plots: readonly SVGSVGElement[], title: string): void {
  const parts = plots.map((plot) => ({ plot, width: plot.clientWidth, height: plot.clientHeight }));
  const paper = getComputedStyle(document.body).backgroundColor;
  downloadText(name, `${joinPlots(parts, title, paper).svg}\n`, 'image/svg+xml');
}

/** Plots one below the other as a single SVG that looks as they do now. @param colour of the paper, '' for none */
export function joinPlots(plots: readonly PlotPart[], title: string, colour: string): Drawing {
  const gap = 8;
  const width = Math.max(...plots.map((part) => part.width));
  const height = plots.reduce((sum, part) => sum + part.height + gap, 0);
  const whole = document.createElementNS(svgSpace, 'svg');
  whole.setAttribute('xmlns', svgSpace);
  whole.setAttribute('viewBox', `0 0 ${width} ${height}`);
  whole.setAttribute('width', String(width));
  whole.setAttribute('height', String(height));
  const words = document.createElementNS(svgSpace, 'title');
  words.textContent = title;
  whole.append(words);
  if (colour !== '') {
    const paper = document.createElementNS(svgSpace, 'rect');
    paper.setAttribute('width', '100%');
    paper.setAttribute('height', '100%');
    paper.setAttribute('fill', colour);
    whole.append(paper);
  }
  let top = 0;
  for (const { plot, height: high } of plots) {
    const part = document.createElementNS(svgSpace, 'g');
    part.setAttribute('transform', `translate(0 ${top})`);
    part.setAttribute('font-family', 'system-ui, sans-serif');
    for (const child of plot.children) part.append(withStyles(child));
    whole.append(part);
    top += high + gap;
  }
  return { svg: new XMLSerializer().serializeToString(whole), width, height };
}

/** A copy without roles, classes and other attributes that only the page needs. */
function withStyles(element: Element): Element {
  const copy = element.cloneNode(false) as Element;
  for (const { name } of [...copy.attributes]) {
    if (name === 'class' || name === 'role' || name === 'tabindex' || name === 'style' || name.startsWith('aria-'))
      copy.removeAttribute(name);
  }
  const computed = getComputedStyle(element);
  for (const style of styles) copy.setAttribute(style, computed.getPropertyValue(style));
  for (const child of element.childNodes) {
    if (child instanceof Element) copy.append(withStyles(child));
    else if (child.nodeType === Node.TEXT_NODE) copy.append(child.textContent ?? '');
  }
  return copy;
}
