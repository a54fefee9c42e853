import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fieldProblem, LIMITS, Problem } from '#kernel';
import type { Uploads } from '../http/uploads.ts';

const FIELDS = 12;

/**
 * A form of several fields and one file, which comes last and is read as it arrives.
 * @param take gets the fields that came before, and the file piece by piece
 * @throws Problem `invalid-request` without a file, or for a form that is malformed; what `take` throws
 */
export async function readFileForm<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  uploads: Uploads,
  take: (fields: Record<string, string>, file: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<{ fields: Record<string, string>; taken: T }> {
  const fields: Record<string, string> = {};
  const limits = { fileSize: LIMITS.batchBytes, files: 1, fields: FIELDS, parts: FIELDS + 1, fieldSize: 200 };
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') {
        if (part.valueTruncated)
          throw fieldProblem('invalid-request', `/${part.fieldname}`, 'is too long', 'maxLength');
        fields[part.fieldname] = String(part.value);
        continue;
      }
      const file = part.file as Readable & { truncated?: boolean };
      const taken = await uploads.read(
        request,
        reply,
        async (pieces) => {
          const done = await take(fields, pieces);
          if (file.truncated) throw new Problem('payload-too-large', 'the file is too large');
          return done;
        },
        file,
      );
      return { fields, taken };
    }
  } catch (error) {
    throw new FormRefused(fields, error);
  }
  throw new FormRefused(fields, fieldProblem('invalid-request', '/file', 'is required', 'required'));
}

/** With what was typed, to be shown again. */
export class FormRefused extends Error {
  readonly fields: Readonly<Record<string, string>>;
  constructor(fields: Readonly<Record<string, string>>, cause: unknown) {
    super('the form was refused', { cause });
    this.fields = fields;
  }
}
