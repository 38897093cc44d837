// Bodies of organisms as SVG: the same forms as src/view/shaders.ts draws in the world, from the same table (src/worker/body-forms.ts).
import type { FrameColumn } from '../../worker/frame-layout.ts';

/** What of an organism its portrait shows, as the columns of a frame have it. */
export type Body = Readonly<
  Record<Extract<FrameColumn, 'population' | 'speed' | 'diet' | 'display' | 'marker' | 'reserve' | 'jaw'>, number>
> &
  Readonly<Partial<Record<Extract<FrameColumn, 'speckles' | 'drivers' | 'learned' | 'hurt' | 'eyes'>, number>>>;

/** Size of eyes where nothing is known of senses. */
const usualEyes = 0.7;

type Rgb = readonly [number, number, number];
type Place = readonly [number, number];

const mix = (a: number, b: number, t: number) => a + (b - a) * t;
const blend = (a: Rgb, b: Rgb, t: number): Rgb => [mix(a[0], b[0], t), mix(a[1], b[1], t), mix(a[2], b[2], t)];
const smoothstep = (from: number, to: number, value: number) => {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
};
const channel = (value: number) => Math.round(Math.min(255, Math.max(0, value)));
const css = ([r, g, b]: Rgb) => `rgb(${channel(r)},${channel(g)},${channel(b)})`;
const at = (value: number) => String(Math.round(value * 1000) / 1000);
const line = (places: readonly Place[]) => `M${places.map(([x, y]) => `${at(x)} ${at(y)}`).join('L')}Z`;
const mirrored = (places: readonly Place[]): Place[] => places.map(([x, y]) => [x, -y]);
const white: Rgb = [255, 255, 255];

function parse(colour: string): Rgb {
  const [r, g, b] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  if (b === undefined) throw new Error(`portrait: colour must be rgb(r g b) (got ${colour})`);
  return [r, g, b];
}

/** Half the width of an ellipse around (`middle`, 0) at x; 0 outside. */
function bulge(x: number, middle: number, radius: number, high: number): number {
  const share = (x - middle) / radius;
  return Math.abs(share) >= 1 ? 0 : high * Math.sqrt(1 - share * share);
}

/** Half the width of the trunk at x, and of trunk and stalk together. */
function widths({ population, speed, diet, reserve, jaw }: Body) {
  const hunter = Math.min(1, jaw);
  const girth = mix(0.46, 0.3, speed) * mix(0.84, 1.12, reserve) * (1 + 0.12 * hunter);
  const ahead = mix(0.3, 0.02, diet);
  const trunk = (x: number): number => {
    if (population > 1) return bulge(x, 0, 0.66, Math.max(girth * 1.5, 0.55));
    if (population === 1) {
      const snout = Math.max(0, (0.86 - x) * (0.42 / 0.91));
      return Math.max(Math.min(bulge(x, -0.1, 0.85, girth * 1.05), snout), bulge(x, 0.42, 0.36, girth * 0.82));
    }
    return bulge(x, ahead, x > ahead ? 0.86 - ahead : 0.62 + ahead, girth);
  };
  const stalk = (x: number) => (x > -0.2 || x < -0.9 ? 0 : 0.04 + 0.14 * smoothstep(-0.95, -0.3, x));
  return { girth, hunter, trunk, flesh: (x: number) => Math.max(trunk(x), stalk(x)) };
}

/** Both sides of a form by its half width, from `from` to `to`. */
function outline(width: (x: number) => number, from: number, to: number, steps: number): Place[] {
  const side = Array.from({ length: steps + 1 }, (_, i): Place => {
    // Closer together at the ends, where an ellipse is steep.
    const x = mix(from, to, (1 - Math.cos((Math.PI * i) / steps)) / 2);
    return [x, width(x)];
  });
  return [...side, ...mirrored(side).reverse()];
}

/** Places of a form of its own axes, turned by an angle (radians) and moved. */
function placed(places: readonly Place[], angle: number, [x, y]: Place): Place[] {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return places.map(([u, v]) => [x + c * u - s * v, y + s * u + c * v]);
}

const ring = (x: number, y: number, rx: number, ry: number): Place[] =>
  Array.from({ length: 28 }, (_, i) => [x + rx * Math.cos((i * Math.PI) / 14), y + ry * Math.sin((i * Math.PI) / 14)]);

function tailFin(speed: number): Place[] {
  const span = mix(0.2, 0.44, speed);
  const tip = Math.max(0.2, span);
  const upper: Place[] = [
    [-0.68, 0.02],
    [-1.04, tip],
    [-1.04, 0.2],
  ];
  return [...upper, [-0.9, 0], ...mirrored(upper).reverse()];
}

/** One of the two crescents ahead of the head. */
function crescent(bite: number): Place[] {
  const steps = 16;
  const side = (sign: number) =>
    Array.from({ length: steps + 1 }, (_, i): Place => {
      const angle = Math.PI * (1 - i / steps);
      const radius = 0.26 + sign * 0.1 * smoothstep(0.42, -0.25, 0.26 * Math.cos(angle));
      return [radius * Math.cos(angle) + 0.3, radius * Math.sin(angle) - 0.1];
    });
  return placed([...side(1), ...side(-1).reverse()], 0.1 + 0.42 * bite, [0.62, 0.14]);
}

/** The fan behind the body, and the places of its eyespots. */
function fan(show: number): { edge: Place[]; spots: Place[] } {
  const [wide, far] = [0.35 + 1.25 * show, 0.5 + 0.78 * show];
  const steps = Math.max(12, Math.ceil(wide * 40));
  const edge = Array.from({ length: 2 * steps + 1 }, (_, i): Place => {
    const angle = (wide * (i - steps)) / steps;
    const radius = far * (0.95 + 0.05 * Math.cos(angle * 11));
    return [-0.12 - radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  const spots: Place[] = [];
  for (let ray = 0; ray < wide - 0.08; ray += 0.571) {
    for (const sign of ray === 0 ? [1] : [1, -1])
      spots.push([-0.12 - 0.8 * far * Math.cos(ray), sign * 0.8 * far * Math.sin(ray)]);
  }
  return { edge: [[-0.12, 0], ...edge], spots };
}

/** Dark bands across the back for a high marker, stripes along it for a low one: paths, and their strength. */
function coat(marker: number, trunk: (x: number) => number): { places: Place[][]; strength: number } {
  const bands = smoothstep(0.35, 0.95, marker);
  const stripes = smoothstep(0.6, 0.05, marker);
  if (bands >= stripes) {
    const places = [-1, 0, 1]
      .map((k) => (2 * Math.PI * k - 1) / 15)
      .filter((x) => trunk(x) > 0.05)
      .map((x) => outline(trunk, x - 0.07, x + 0.07, 6));
    return { places, strength: bands };
  }
  const reach = Array.from({ length: 33 }, (_, i) => -0.6 + 0.05 * i).filter((x) => trunk(x) > 0.16);
  const stripe = [...reach.map((x): Place => [x, 0.145]), ...reach.map((x): Place => [x, 0.075]).reverse()];
  return { places: reach.length > 1 ? [stripe, mirrored(stripe)] : [], strength: stripes };
}

/** What mechanisms and wounds show on a back, from below to above: a bright head, a flush, speckles, and rings of drivers. */
function statesOf({ speckles = 0, drivers = 0, learned = 0, hurt = 0 }: Body, trunk: (x: number) => number, skin: Rgb): string[] {
  const parts: string[] = [];
  const over = (from: number, to: number, fill: Rgb, strength: number) =>
    parts.push(
      `<path d="${line(outline((x) => 0.92 * trunk(x), from, to, 32))}" fill="${css(fill)}" opacity="${at(strength)}"/>`,
    );
  if (learned > 0.01) over(0.3, 0.86, [255, 247, 204], 0.7 * learned);
  if (hurt > 0.01) over(-0.62, 0.86, [217, 31, 20], 0.75 * Math.min(1, hurt));
  // Places on a lattice, filled in an order without a pattern; those beyond the edge of the body are left out.
  for (let k = 0; k < 48; k++) {
    const [x, y] = [-0.55 + 0.12 * (k % 8), -0.3 + 0.12 * Math.floor(k / 8)];
    if ((k * 29) % 48 >= 48 * speckles || Math.abs(y) > trunk(x) - 0.06) continue;
    parts.push(`<circle cx="${at(x)}" cy="${at(y)}" r="0.03" fill="${css(blend([0, 0, 0], skin, 0.25))}"/>`);
  }
  for (let copy = 0; copy < Math.round(2 * drivers); copy++) {
    for (const x of [-0.43, -0.29, -0.15, -0.01, 0.13]) {
      for (const y of [0.07 + 0.14 * copy, -0.07 - 0.14 * copy]) {
        if (Math.abs(y) > trunk(x) - 0.05) continue;
        parts.push(`<circle cx="${at(x)}" cy="${at(y)}" r="0.04" fill="none" stroke="rgb(219,26,56)" stroke-width="0.02"/>`);
      }
    }
  }
  return parts;
}

/**
 * A body as the inside of an SVG, heading along x, in units of half its length: within 1.4 of the origin.
 * @param colour `rgb(r g b)`, as world and plots give it
 * @throws {Error} for a colour of another form
 */
export function drawBody(body: Body, colour: string): string {
  const { population, speed, diet, display, marker, reserve, jaw } = body;
  const { girth, hunter, trunk, flesh } = widths(body);
  const c = parse(colour);
  const skin = blend([0, 0, 0], c, mix(0.7, 1.14, reserve));
  const dark = css(blend(blend([0, 0, 0], c, 0.16), [5, 9, 11], 0.5));
  const isDisc = population > 1;
  const front = [0.86, 0.78, 0.66][Math.min(2, population)];
  const whole = outline(flesh, -0.9, front, 72);
  const fins = [tailFin(speed)];
  if (!isDisc) {
    const own = ring(0.1 + 0.1 * speed, 0, 0.16 + 0.12 * speed, 0.09);
    const side = placed(own, 2.5, [0.08 - 0.1 * speed, girth * 0.92]);
    fins.push(side, mirrored(side));
  }
  const jaws = hunter > 0 ? [crescent(Math.max(0, jaw - 1)), mirrored(crescent(Math.max(0, jaw - 1)))] : [];
  const path = (places: readonly (readonly Place[])[], fill: string, more = '') =>
    places.length === 0 ? '' : `<path d="${places.map(line).join('')}" fill="${fill}"${more}/>`;
  const dot = ([x, y]: Place, radius: number, fill: string, high = radius) =>
    `<ellipse cx="${at(x)}" cy="${at(y)}" rx="${at(radius)}" ry="${at(high)}" fill="${fill}"/>`;
  const parts: string[] = [];
  const show = Math.sqrt(Math.min(1, Math.max(0, display)));
  if (show > 0.12) {
    const { edge, spots } = fan(show);
    const plume = blend(c, [0.5 * 235 + 0.5 * c[1], 0.5 * 235 + 0.5 * c[2], 0.5 * 235 + 0.5 * c[0]], 0.3);
    const strength = ` opacity="${at(smoothstep(0.12, 0.3, show))}"`;
    const rim = `${strength} stroke="${css(blend([0, 0, 0], plume, 0.5))}" stroke-width="0.03" stroke-linejoin="round"`;
    parts.push(path([edge], css(blend([0, 0, 0], plume, 0.82)), rim));
    const seen = smoothstep(0.3, 0.6, show);
    if (seen > 0)
      parts.push(
        `<g opacity="${at(seen)}">${spots.map((spot) => dot(spot, 0.085, css(blend([250, 230, 153], c, 0.25))) + dot(spot, 0.045, css([13, 31, 51]))).join('')}</g>`,
      );
  }
  const edge = ` stroke="${dark}" stroke-width="0.09" stroke-linejoin="round"`;
  parts.push(path([whole, ...fins, ...jaws], dark, edge));
  parts.push(path(fins, css(blend([0, 0, 0], skin, 0.72))));
  parts.push(path(jaws, css(blend([51, 33, 26], [237, 224, 194], 0.75))));
  parts.push(path([whole], css(skin)));
  const back = outline((x) => 0.62 * trunk(x / 0.8), Math.max(-0.9, -0.62) * 0.8, front * 0.8, 48);
  parts.push(path([back], css(blend(skin, white, 0.22)), ' opacity="0.55"'));
  const pattern = coat(marker, trunk);
  if (pattern.strength > 0.01)
    parts.push(path(pattern.places, css(blend([0, 0, 0], skin, 0.45)), ` opacity="${at(0.62 * pattern.strength)}"`));
  parts.push(...statesOf(body, trunk, skin));
  const eyeX = isDisc ? 0.3 : mix(0.52, 0.46, hunter);
  const eyeY = girth * mix(0.56, 0.46, hunter) * (isDisc ? 1.2 : population === 0 ? mix(1, 0.8, diet) : 0.9);
  const { eyes = usualEyes } = body;
  const eye = mix(0.07, 0.135, Math.min(1, eyes));
  for (const y of eyes < 0.01 ? [] : [eyeY, -eyeY]) {
    parts.push(dot([eyeX, y], eye, dark));
    parts.push(dot([eyeX, y], eye - 0.02, css(blend([250, 250, 250], [255, 212, 89], hunter))));
    parts.push(dot([eyeX + 0.025, y], 0.54 * eye, 'rgb(8,8,8)', (0.54 * eye) / (1 + hunter)));
  }
  return parts.join('');
}

/**
 * The portrait of a body as a whole SVG, heading upwards.
 * @param colour `rgb(r g b)`
 * @param side of the picture in CSS pixels
 * @param label what a screen reader says; '' for a picture beside its name
 * @param size of the body, where 1 fills the picture
 */
export function portraitSvg(body: Body, colour: string, side: number, label = '', size = 1): string {
  const role = label === '' ? 'aria-hidden="true"' : `role="img" aria-label="${label.replaceAll('"', '&quot;')}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="-1.5 -1.5 3 3" ${role}><g transform="rotate(-90)${size === 1 ? '' : ` scale(${at(size)})`}">${drawBody(body, colour)}</g></svg>`;
}
