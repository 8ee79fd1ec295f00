/** The one error of this room: a policy text we do not understand. Not understood is never "restricted". */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

const LONGEST_QUOTE = 60;

/** Quotes hostile policy text for a message: clipped, and without characters that could drive a terminal. */
export function quoted(text: string): string {
  const clipped = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  return `'${clipped.replace(/[^\x20-\x7e…]/g, '?')}'`;
}
