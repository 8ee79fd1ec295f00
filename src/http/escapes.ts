const mostRounds = 3;

/** The decodings of a text with JSON, URL or HTML escapes, up to three levels; none without escapes. */
export function decodings(text: string): readonly string[] {
  const found: string[] = [];
  let latest = text;
  for (let round = 0; round < mostRounds; round += 1) {
    const next = undone(latest);
    if (next === latest) break;
    found.push(next);
    latest = next;
  }
  return found;
}

function undone(text: string): string {
  if (!/[\\%&]/.test(text)) return text;
  return ofHtml(ofUrl(ofJson(text)));
}

const short: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function ofJson(text: string): string {
  return text.replace(/\\(?:u([0-9a-f]{4})|(.))/gis, (_, hex: string | undefined, one: string) =>
    hex === undefined ? (short[one] ?? one) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Invalid UTF-8 becomes U+FFFD. */
function ofUrl(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
    Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}

const names: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

function ofHtml(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gi,
    (all, hex, digits, name) => {
      if (name !== undefined) return names[name.toLowerCase()] ?? all;
      const code = hex === undefined ? Number(digits) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}
