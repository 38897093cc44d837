/** Side of the square in which a plane of genome space is drawn, in the view's lengths. */
export const planeSide = 512;
