export const contentPolicy: string;
export const pageHeaders: Readonly<Record<string, string>>;
