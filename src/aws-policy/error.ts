/** Thrown for a policy text that cannot be parsed; such a policy never counts as restrictive. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

const LONGEST_QUOTE = 60;

/** Quotes untrusted policy text for a message: shortened and without control characters. */
export function quoted(text: string): string {
  const clipped = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  return `'${clipped.replace(/[^\x20-\x7e…]/g, '?')}'`;
}
