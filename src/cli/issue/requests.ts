import { canonicalJson, isObject, type Json, type JsonObject, sha256Hex } from '#kernel';
import { UsageError } from '../command.ts';

/** What is the same for all, when recipients are given by themselves. */
export interface Shared {
  achievementId?: string;
  version?: number;
  include?: string[];
}

/** One request of the API, and where its recipients stand in what was given. */
export interface IssueRequest {
  body: JsonObject;
  key: string;
  /** A pointer into the request as one into what was given. */
  pointer(inside: string): string;
}

/** As many as one request takes. */
const AT_ONCE = 100;

/**
 * The requests in one document: with an achievement one recipient or a list, else one request of the API or a list. Each has
 * a key made from its content, so that the same document again issues nothing again; two equal ones in one document are two.
 * @param again a name for a further round of the same content
 * @throws UsageError
 */
export function issueRequests(given: Json, shared: Shared, again: string): IssueRequest[] {
  const items = Array.isArray(given) ? given : [given];
  const at = (index: number) => (Array.isArray(given) ? `/${index}` : '');
  const wrong = items.findIndex((item) => !isObject(item));
  if (items.length === 0 || wrong >= 0)
    throw new UsageError(`${at(wrong) || '/'} must be an object, or a list of them`);
  const seen = new Map<string, number>();
  const request = (body: JsonObject, pointer: IssueRequest['pointer']): IssueRequest => {
    const digest = sha256Hex(canonicalJson(body));
    const count = (seen.get(digest) ?? 0) + 1;
    seen.set(digest, count);
    return { body, key: `cli:${digest}:${count}${again === '' ? '' : `:${sha256Hex(again)}`}`, pointer };
  };
  if (shared.achievementId === undefined) {
    return items.map((item, index) => {
      if (isObject(item) && 'recipients' in item) return request(item, (inside) => at(index) + inside);
      throw new UsageError(
        `${at(index) || '/'} has no recipients: give --achievement, or a request as the API takes it`,
      );
    });
  }
  const out: IssueRequest[] = [];
  for (let first = 0; first < items.length; first += AT_ONCE) {
    const recipients = items.slice(first, first + AT_ONCE);
    const pointer = (inside: string) => {
      const [, list, index, rest = ''] = /^\/(recipients)\/(\d+)(.*)$/s.exec(inside) ?? [];
      return list === undefined ? inside : at(first + Number(index)) + rest;
    };
    out.push(request({ ...shared, recipients } as JsonObject, pointer));
  }
  return out;
}
