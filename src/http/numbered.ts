import { decodeText } from './body.ts';
import type { HttpAnswer, HttpClient, HttpRequest } from './http.ts';
import { httpErrors } from './http-errors.ts';
import { boundJson } from './json.ts';

const parts = 4;

/**
 * A client for listings whose pages are asked for by number (`page`, `page_size`). A page that is larger than
 * is read is asked for once more, as four of a quarter; its JSON is then the list of theirs, up to the one
 * that `isLast`.
 */
export function inQuarters(
  client: Pick<HttpClient, 'send'>,
  isLast: (raw: unknown) => boolean,
): Pick<HttpClient, 'send'> {
  const bounded = async (request: HttpRequest): Promise<HttpAnswer> => {
    const answer = await client.send(request);
    boundJson(decodeText(answer.bytes));
    return answer;
  };
  const quarters = async (request: HttpRequest, page: number, size: number) => {
    const bodies: unknown[] = [];
    for (let part = 1; ; part += 1) {
      const query = { ...request.query, page: (page - 1) * parts + part, page_size: size / parts };
      const answer = await bounded({ ...request, query });
      const body = answer.json();
      bodies.push(body);
      if (part === parts || isLast(body)) return { ...answer, json: () => bodies };
    }
  };
  return {
    send: (request) => {
      const { page, page_size: size } = request.query ?? {};
      if (!Number.isInteger(Number(page)) || Number(size) % parts !== 0)
        return client.send(request);
      return bounded(request).catch((error: unknown) => {
        if (httpErrors.codeOf(error) !== 'too-large') throw error;
        return quarters(request, Number(page), Number(size));
      });
    },
  };
}
