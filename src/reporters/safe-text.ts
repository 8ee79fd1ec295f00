/**
 * Output encoding for untrusted names, descriptions and error messages: they must not move the cursor,
 * reorder or hide in a line, or give a command to the CI that prints it.
 */

const longest = 4096;
const escapeSequence =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-~]/g;
const space = /[\t\n\v\f\r\u0085\p{Zl}\p{Zp}]+/gu;
/** Controls, format characters (bidi, zero-width, tags), lone surrogates. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}]+/gu;
const beyondAscii = /[^ -~]+/g;
/** Nothing to replace: most texts, and far quicker to find out than to replace nothing. */
const plainAscii = /^[ -~]*$/;

/**
 * Formats any text as one line of visible characters, at most `most` long. A hidden character is replaced
 * by a mark, so that two different names do not look the same.
 */
export function safeText(text: string, most = 300, unicode = true): string {
  if (text.length <= most && text.length <= longest && plainAscii.test(text)) return text;
  const visible = text
    .slice(0, longest)
    .replace(escapeSequence, '\u0000')
    .replace(space, ' ')
    .replace(invisible, '\ufffd');
  const plain = unicode ? visible : visible.replace(beyondAscii, '?');
  if (plain.length <= most && text.length <= longest) return plain;
  const more = unicode ? '…' : '...';
  return plain.slice(0, most - more.length).replace(/[\ud800-\udbff]$/, '') + more;
}

/**
 * Disarms CI commands in a finished line. GitHub's runner runs `::name::`, also after leading spaces, and
 * `##[name]` anywhere in a line; Azure `##vso[…]`, TeamCity `##teamcity[…]`.
 */
export function safeLine(line: string): string {
  return line.replace(/^(\s*:):/, '$1 :').replace(/##(?=[a-z]*\[)/gi, '# #');
}

/** JSON with hidden characters and CI commands escaped; strings keep their value. */
export function safeJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent);
  const visible = beyondJson.test(text) ? text.replace(hidden, escaped) : text;
  return visible.replaceAll('##', '#\\u0023');
}

/** JSON has escaped every control before the space. */
const beyondJson = /[^\n -~]/;
const hidden = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
