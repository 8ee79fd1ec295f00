import { serve, type WireAnswer, type WireRequest } from '../../../src/demo/wire-server.ts';

/* A server that repeats a secret in every place where one can stand in an answer. */

const base64 = (text: string) => Buffer.from(text).toString('base64');
const escaped = (text: string) =>
  [...text].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

/** The ways to write a secret that a decoder of JSON, URLs, HTML or base64 turns back into it. */
export function writings(user: string, secret: string): Readonly<Record<string, string>> {
  return {
    plain: secret,
    'JSON as Go writes it': JSON.stringify(secret)
      .slice(1, -1)
      .replace(/[&<>]/g, (one) => escaped(one)),
    'JSON all escaped': escaped(secret),
    'percent-encoded': encodeURIComponent(secret),
    'percent-encoded whole': [...Buffer.from(secret)].map((one) => `%${one.toString(16)}`).join(''),
    HTML: secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    'base64 of user and secret': base64(`${user}:${secret}`),
    'base64 without padding': base64(`${user}:${secret}`).replace(/=+$/, ''),
    'base64 for URLs': Buffer.from(`${user}:${secret}`).toString('base64url'),
    'base64 of the secret': base64(secret),
    'base64 of the secret without padding': base64(secret).replace(/=+$/, ''),
    'base64 within more': base64(`login ${user}:${secret} failed`),
  };
}

export type Place = 'error' | 'error text' | 'value' | 'header' | 'redirect' | 'next page';
export const places: readonly Place[] = [
  'error',
  'error text',
  'value',
  'header',
  'redirect',
  'next page',
];

/**
 * In: how an honest server answers, and what is to be repeated where. Every answer that `spare` does not
 * name is another one of the writings.
 */
export function echoing(
  honest: (request: WireRequest) => WireAnswer,
  place: Place,
  forms: readonly string[],
  spare: (request: WireRequest) => boolean,
) {
  let turn = 0;
  return serve((request) => {
    const answer = honest(request);
    if (spare(request)) return answer;
    turn += 1;
    return echoed(answer, place, forms[turn % forms.length] ?? '');
  });
}

/** `form` stands inside of a JSON text as it is: some forms are escapes of JSON. */
export function echoed(answer: WireAnswer, place: Place, form: string): WireAnswer {
  const json = { 'content-type': 'application/json' };
  const inHeader = encodeURIComponent(form).replaceAll('%25', '%');
  switch (place) {
    case 'error': {
      const body = `{"errors":[{"code":"FORBIDDEN","message":"no right for ${form} here"}],"message":"no right for ${form} here","detail":"no right for ${form}"}`;
      return { status: 403, headers: json, body };
    }
    case 'error text':
      return { status: 400, headers: { 'content-type': 'text/plain' }, body: `bad: ${form}` };
    case 'value':
      return {
        ...answer,
        body: String(answer.body).replace(
          /"(name|description|username|full_name|url|status|level|role|email|tag|type)":\s*"(?:[^"\\]|\\.)*"/g,
          (_, key: string) => `"${key}":"${form.replaceAll('"', '')}"`,
        ),
      };
    case 'header':
      return {
        status: 401,
        headers: { ...json, 'www-authenticate': `Bearer realm="https://x.invalid/${inHeader}"` },
        body: '{}',
      };
    case 'redirect':
      return { status: 302, headers: { location: `/there/${inHeader}?q=${inHeader}` }, body: '' };
    case 'next page':
      return {
        ...answer,
        headers: { ...answer.headers, link: `<https://${'x'}.invalid/${inHeader}>; rel="next"` },
      };
  }
}

/** The secrets that can be read out of a text, whichever way they are written in it. */
export function leaksOf(text: string, secrets: readonly string[]): readonly string[] {
  const readings = [text];
  for (let round = 0; round < 4; round += 1) readings.push(undone(readings.at(-1) ?? ''));
  const words = readings.flatMap((reading) => reading.match(/[A-Za-z0-9+/_-]{12,}/g) ?? []);
  // A text may begin before the base64, as a path does.
  const decoded = words.flatMap((word) =>
    [0, 1, 2, 3].map((from) => Buffer.from(word.slice(from), 'base64').toString('latin1')),
  );
  const all = [...readings, ...decoded];
  return secrets.filter((secret) => {
    const bytes = Buffer.from(secret).toString('latin1');
    return all.some((one) => one.includes(secret) || one.includes(bytes));
  });
}

function undone(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    .replace(/\\(["\\/])/g, '$1')
    .replace(/(?:%[0-9a-f]{2})+/gi, (all) =>
      Buffer.from(all.replaceAll('%', ''), 'hex').toString('utf8'),
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replace(/&#(?:x([0-9a-f]+)|(\d+));/gi, (_, hex, digits) =>
      String.fromCodePoint(hex === undefined ? Number(digits) : Number.parseInt(hex, 16)),
    )
    .replaceAll('&amp;', '&');
}
