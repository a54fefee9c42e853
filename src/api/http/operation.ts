import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OperationId, Principal } from '#auth';
import type { PlatformToken } from '#oauth';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any handler of a secured operation runs; undefined on public ones. */
    principal: Principal | undefined;
    /** Set before the handler of an operation of the Open Badges API runs; undefined on all others. */
    platform: PlatformToken | undefined;
    /** See `operationOf`, which is asked by every hook: the framework puts the options of a route together each time. */
    operation: string | undefined;
  }
  interface FastifySchema {
    operationId?: string;
  }
}

/** Turns one request into one answer. Authorisation, validation and limits are over when it runs. */
export type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** The handlers of one group of operations. */
export type Handlers<K extends OperationId> = Record<K, Handler>;

/** The name of the operation a request was routed to; undefined for an address that is nobody's. */
export function operationOf(request: FastifyRequest): string | undefined {
  request.operation ??= request.routeOptions.schema?.operationId;
  return request.operation;
}

/** Who asks. @throws Error on a public operation: the caller mixed up its operations */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new Error('a managed operation ran without a principal');
  return request.principal;
}
