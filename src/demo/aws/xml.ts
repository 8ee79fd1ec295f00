/** Writes a value as an XML element. Entries of a list become children named `item`; undefined is omitted. */
export function xml(name: string, value: unknown, item: string): string {
  if (value === undefined) return '';
  return `<${name}>${content(value, item)}</${name}>`;
}

function content(value: unknown, item: string): string {
  if (Array.isArray(value)) return value.map((entry) => xml(item, entry, item)).join('');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, inner]) => xml(key, inner, item))
      .join('');
  }
  return String(value).replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
