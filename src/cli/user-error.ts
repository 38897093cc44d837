/** Something the person at the command line can put right: one line on what is wrong, where, and what to do. */
export class UserError extends Error {}
