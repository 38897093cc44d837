/** An error that the person at the command line can correct: one line with the problem, the place, and what to do. */
export class UserError extends Error {}
