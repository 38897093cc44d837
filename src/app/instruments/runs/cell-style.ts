import type { Theme } from '../../../view/colour-scale.ts';

/** Colours that colour-blind people can distinguish (after Okabe & Ito 2008), each with a contrast of at least 3 to the paper. */
const colours: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#0072b2', '#d55e00', '#00805d', '#b8568f', '#9a6c00', '#2d8fc7', '#3b3f46'],
  dark: ['#4aa3df', '#f0812f', '#2fc498', '#de90bd', '#e6b035', '#9ad4f7', '#d6d8db'],
};
const dashes = ['', '7 3', '2 2.5', '8 3 2 3'];

/** Colour and dash of a combination: neighbours differ in both, and no two of the first 28 have both in common. */
export function cellStyle(cell: number, theme: Theme): { readonly colour: string; readonly dash: string } {
  return { colour: colours[theme][cell % colours[theme].length], dash: dashes[cell % dashes.length] };
}
