import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#kernel';
import { negotiate } from './negotiate.ts';
import { type CacheKind, publish } from './publish.ts';

/** One form of something that stands at one address in many: chosen by `Accept`, or by a suffix that names this one alone. */
export interface Form<T> {
  /** After the id in the path, e.g. `.json`. Without: only ever negotiated, as a page is. */
  suffix?: `.${string}`;
  /** Media types of the same bytes; of several that a caller takes equally, the first. */
  types: readonly string[];
  /** The same at the suffix, in the order that serves a program which takes anything. Default `types`. */
  typesAtSuffix?: readonly string[];
  cache: CacheKind;
  /** Why this one does not exist in this form, for people; undefined when it does. Default: each does. */
  absent?(one: T): string | undefined;
  /** Its bytes in this form; called only for one that exists in it. */
  make(one: T, request: FastifyRequest): string | Uint8Array | Promise<string | Uint8Array>;
}

/** Takes the suffix of one of these forms off an id in the path; without one every form is open. */
export function splitForm<T>(text: string, forms: readonly Form<T>[]): { id: string; form?: Form<T> } {
  const form = forms.find(({ suffix }) => suffix !== undefined && text.endsWith(suffix));
  return form?.suffix === undefined ? { id: text } : { id: text.slice(0, -form.suffix.length), form };
}

/** Of what stands at the address. */
export interface Asked<T> {
  one: T;
  /** That the suffix named. */
  form: Form<T> | undefined;
  /** For `download`: the name of the file before its suffix. */
  fileName(one: T): string;
}

/**
 * Answers with one thing in the form that the suffix named, or else that the caller likes best; of equally good ones that
 * which stands first in the table.
 * @throws Problem `not-found` at the suffix of a form that it does not have; `not-acceptable`
 */
export async function publishForm<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  forms: readonly Form<T>[],
  { one, form, fileName }: Asked<T>,
): Promise<FastifyReply> {
  const absent = form?.absent?.(one);
  if (absent !== undefined) throw new Problem('not-found', absent);
  const open = form ? [form] : forms.filter((each) => each.absent?.(one) === undefined);
  const offers = form ? (form.typesAtSuffix ?? form.types) : open.flatMap(({ types }) => types);
  const type = negotiate(request.headers.accept, offers);
  const chosen = open.find(({ types }) => types.includes(type))!;
  const body = await chosen.make(one, request);
  if (chosen.suffix !== undefined && (request.query as { download?: string }).download !== undefined) {
    reply.header('content-disposition', `attachment; filename="${fileName(one)}${chosen.suffix}"`);
  }
  return publish(request, reply, { body, type, cache: chosen.cache, negotiated: true });
}
