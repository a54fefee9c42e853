import type { FastifyRequest } from 'fastify';
import { type Clock, formatInstant } from '#kernel';
import type { MomentView } from '#pages';
import { moment, pastMoment } from './verifications.ts';

/** A parameter that a form sent empty says nothing. */
export function asked<K extends string>(request: FastifyRequest, names: readonly K[]): Partial<Record<K, string>> {
  const query = request.query as Partial<Record<K, string>>;
  return Object.fromEntries(
    names.flatMap((name) => (query[name]?.trim() ? [[name, query[name].trim()]] : [])),
  ) as Partial<Record<K, string>>;
}

/**
 * `at` and `knownOn` of a public page: about now and by everything known until now, unless one is chosen.
 * @throws Problem `invalid-request` with the parameter as pointer
 */
export function momentOf(request: FastifyRequest, clock: Clock): MomentView {
  const given = asked(request, ['at', 'knownOn']);
  const knownAt =
    given.knownOn === undefined ? formatInstant(clock.now()) : pastMoment(given.knownOn, '/query/knownOn', clock);
  return { at: given.at === undefined ? knownAt : moment(given.at, '/query/at'), knownAt, asked: given };
}
