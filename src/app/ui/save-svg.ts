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

/** Saves plots one below the other as a single SVG that looks as they do now, on the page's paper. */
export function saveSvg(name: string, plots: readonly SVGSVGElement[], title: string): void {
  const gap = 8;
  const width = Math.max(...plots.map((plot) => plot.clientWidth));
  const height = plots.reduce((sum, plot) => sum + plot.clientHeight + gap, 0);
  const whole = document.createElementNS(svgSpace, 'svg');
  whole.setAttribute('xmlns', svgSpace);
  whole.setAttribute('viewBox', `0 0 ${width} ${height}`);
  whole.setAttribute('width', String(width));
  whole.setAttribute('height', String(height));
  const words = document.createElementNS(svgSpace, 'title');
  words.textContent = title;
  const paper = document.createElementNS(svgSpace, 'rect');
  paper.setAttribute('width', '100%');
  paper.setAttribute('height', '100%');
  paper.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
  whole.append(words, paper);
  let top = 0;
  for (const plot of plots) {
    const part = document.createElementNS(svgSpace, 'g');
    part.setAttribute('transform', `translate(0 ${top})`);
    part.setAttribute('font-family', 'system-ui, sans-serif');
    for (const child of plot.children) part.append(withStyles(child));
    whole.append(part);
    top += plot.clientHeight + gap;
  }
  downloadText(name, `${new XMLSerializer().serializeToString(whole)}\n`, 'image/svg+xml');
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
