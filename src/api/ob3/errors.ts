import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '#kernel';

/** Where the Open Badges API of OB 3.0 stands, and what its refusals look like for every address below. */
export const HOST_PATH = '/ims/ob/v3p0';

export const isHostPath = (url: string): boolean => /^\/ims\/ob\/v3p0(?:[/?]|$)/.test(url);

/** The closed vocabulary of `imsx_codeMinorFieldValue` (OB 3.0, Imsx_CodeMinorField). */
type CodeMinor =
  | 'forbidden'
  | 'internal_server_error'
  | 'invalid_data'
  | 'invalid_query_parameter'
  | 'misdirected_request'
  | 'not_acceptable'
  | 'not_allowed'
  | 'not_found'
  | 'server_busy'
  | 'unauthorizedrequest'
  | 'unknown';

const CODES: Readonly<Record<number, CodeMinor>> = {
  400: 'invalid_data',
  401: 'unauthorizedrequest',
  403: 'forbidden',
  404: 'not_found',
  405: 'not_allowed',
  406: 'not_acceptable',
  413: 'invalid_data',
  414: 'invalid_query_parameter',
  415: 'invalid_data',
  421: 'misdirected_request',
  429: 'server_busy',
  500: 'internal_server_error',
  503: 'server_busy',
};

/** Imsx_StatusInfo: closed, so what else is known of the problem stands in its description. */
export function statusInfoOf(problem: Problem) {
  const { status, errors, message } = problem;
  const inQuery = status === 400 && errors[0]?.pointer.startsWith('/query/');
  const [first] = errors;
  const where = first && first.pointer !== '' ? ` (${first.pointer})` : '';
  return {
    imsx_codeMajor: status === 405 ? 'unsupported' : 'failure',
    imsx_severity: 'error',
    imsx_description: message + where,
    imsx_codeMinor: {
      imsx_codeMinorField: [
        {
          imsx_codeMinorFieldName: 'TargetEndSystem',
          imsx_codeMinorFieldValue: inQuery ? 'invalid_query_parameter' : (CODES[status] ?? 'unknown'),
        },
      ],
    },
  };
}

export function sendStatusInfo(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  reply.code(problem.status).header('cache-control', 'no-store').type('application/json');
  if (problem.status === 401) {
    // RFC 6750, 3: what was wrong is said only of a token that was there.
    const said = request.headers.authorization === undefined ? '' : ', error="invalid_token"';
    reply.header('www-authenticate', `Bearer realm="tatak"${said}`);
  }
  const { scope } = problem.extensions as { scope?: string };
  if (scope !== undefined) {
    reply.header('www-authenticate', `Bearer realm="tatak", error="insufficient_scope", scope="${scope}"`);
  }
  return reply.send(Buffer.from(JSON.stringify(statusInfoOf(problem))));
}
