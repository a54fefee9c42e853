import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LIMITS, Problem, parseStrictJsonBytes } from '#kernel';
import type { Operation } from './openapi.ts';
import { operationOf } from './operation.ts';

/** Bytes of the body, where it is not LIMITS.jsonBytes. */
const BODY_BYTES: Record<string, number> = {
  // As JSON; a file is read as it arrives, and limits itself.
  createBatch: LIMITS.uploadBytes,
  uploadImage: LIMITS.imageBytes,
  // Ten thousand ids.
  changeStatuses: 2 * LIMITS.jsonBytes,
  // Several credentials by value.
  createEvaluation: LIMITS.uploadBytes,
  // A register with its parts.
  holdRegister: LIMITS.registerUploadBytes,
  createHolderEvaluation: LIMITS.uploadBytes,
  // A file in base64.
  takeHolderImport: 2 * LIMITS.uploadBytes,
  submitMyPage: LIMITS.uploadBytes + LIMITS.jsonBytes,
  submitVerifyPage: LIMITS.uploadBytes + LIMITS.jsonBytes,
  submitPathwayPage: 2 * LIMITS.jsonBytes,
  // A compact token with everything in it.
  upsertCredential: LIMITS.jwtBytes,
};
/** Members of a JSON body, where it is not LIMITS.jsonKeys. */
const BODY_KEYS: Record<string, number> = {
  createEvaluation: 10 * LIMITS.jsonKeys,
  createHolderEvaluation: 10 * LIMITS.jsonKeys,
  createBatch: 20 * LIMITS.jsonKeys,
  holdRegister: 100 * LIMITS.jsonKeys,
};

/** Taken as the bytes that came, whatever their type: they are kept, and sent back, as they are. */
export const RAW_BODIES: ReadonlySet<string> = new Set(['upsertCredential']);

/** Multipart forms whose file may be large. */
const STREAMED_FORMS: ReadonlySet<string> = new Set(['submitConsoleClassList']);

export function bodyLimit(operationId: string): number {
  return BODY_BYTES[operationId] ?? LIMITS.jsonBytes;
}

/** One parser a media type. The framework's own JSON parser is gone: for it the last of two equal keys wins. */
export async function registerBodies(app: FastifyInstance): Promise<void> {
  app.removeAllContentTypeParsers();
  const buffered = { parseAs: 'buffer' as const, bodyLimit: LIMITS.jsonBytes };
  app.addContentTypeParser('application/json', buffered, async (request: FastifyRequest, body: Buffer) => {
    // Clients send the header without a body when there is nothing to say.
    if (body.byteLength === 0) return undefined;
    const operationId = operationOf(request) ?? '';
    if (RAW_BODIES.has(operationId)) return body;
    return parseStrictJsonBytes(body, {
      bytes: bodyLimit(operationId),
      keys: BODY_KEYS[operationId] ?? LIMITS.jsonKeys,
    });
  });
  app.addContentTypeParser(
    ['image/png', 'image/svg+xml', 'application/vc+ld+json', 'text/plain'],
    buffered,
    async (_request: FastifyRequest, body: Buffer) => body,
  );
  // Not collected: whoever takes it reads it through `createUploads`.
  app.addContentTypeParser(
    ['text/csv', 'application/x-ndjson'],
    async (_request: FastifyRequest, body: unknown) => body,
  );
  // A class list in a form is taken part by part, by whoever reads it: what collects forms must not see it.
  app.addHook('preValidation', (request, _reply, done) => {
    if (STREAMED_FORMS.has(operationOf(request) ?? '')) {
      Object.defineProperty(request, 'isMultipart', { value: () => false, configurable: true });
    }
    done();
  });
  await app.register(formbody, { bodyLimit: LIMITS.jsonBytes + LIMITS.urlBytes });
  await app.register(multipart, {
    attachFieldsToBody: 'keyValues',
    limits: {
      fileSize: LIMITS.uploadBytes,
      files: 1,
      fields: 4,
      parts: 5,
      fieldSize: LIMITS.jsonBytes,
      fieldNameSize: 32,
      headerPairs: 20,
    },
  });
  app.addHook('preValidation', (request, _reply, done) => {
    if (STREAMED_FORMS.has(operationOf(request) ?? '')) Reflect.deleteProperty(request, 'isMultipart');
    done();
  });
}

/**
 * Before a body is read: does the operation take one, and of this kind? (The framework skips validation for a media type
 * that the description does not name.)
 * @throws Problem `unsupported-media-type`, `invalid-request`
 */
export function assertBodyKind(request: FastifyRequest, operation: Operation): void {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  const present = encoding !== undefined || (length !== undefined && length !== '0');
  if (operation.consumes.length === 0) {
    if (present) throw new Problem('invalid-request', 'this operation takes no body');
    return;
  }
  if (!present) {
    if (operation.bodyRequired) throw new Problem('invalid-request', 'this operation needs a body');
    return;
  }
  // RFC 9110 section 8.4: a coding that is not undone here is refused by name, not read as bad JSON.
  if (!/^(?:identity)?$/i.test(request.headers['content-encoding'] ?? '')) {
    throw new Problem('unsupported-media-type', 'no Content-Encoding is read here');
  }
  if (!operation.consumes.includes(request.mediaType ?? '')) {
    throw new Problem('unsupported-media-type', `this operation takes ${operation.consumes.join(', ')}`);
  }
}
