import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';

const FILE = new URL('../../../../shared/standards/ob-v3p0/openapi/openapi.json', import.meta.url);

export interface Official {
  // biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document
  document: any;
  /** @returns what is wrong with an answer by the description of the standard; nothing when all is well */
  faults(answer: {
    method: string;
    path: string;
    status: number;
    headers: Record<string, unknown>;
    text: string;
  }): string[];
  /** By the name of a schema. */
  schemaFaults(name: string, value: unknown): string[];
}

/**
 * The description has these in arrays always; the standard lets them stand alone where there is one (its published schema says
 * so), as our signed badges have them: what was signed is not written otherwise for it.
 */
const MAY_STAND_ALONE = new Set(['proof', 'credentialSchema', 'termsOfUse']);

function inArrays(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inArrays);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const whole = inArrays(one);
      return [name, MAY_STAND_ALONE.has(name) && !Array.isArray(whole) ? [whole] : whole];
    }),
  );
}

/** The OpenAPI file of Open Badges 3.0, where it is beside this copy; it may not be part of it. */
export function readOfficial(): Official | undefined {
  if (!existsSync(FILE)) {
    console.log('The OpenAPI file of Open Badges 3.0 is not here: answers are not held against it.');
    return undefined;
  }
  const document = JSON.parse(readFileSync(FILE, 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addFormat('int32', { type: 'number', validate: (value: number) => Number.isInteger(value) && value < 2 ** 31 });
  ajv.addSchema(document, 'official');
  const check = (schema: object, value: unknown): string[] =>
    ajv.validate(schema, value) ? [] : [ajv.errorsText(ajv.errors)];
  const named = (name: string) => ({ $ref: `official#/components/schemas/${name}` });
  return {
    document,
    schemaFaults: (name, value) => check(named(name), value),
    faults({ method, path, status, headers, text }) {
      const what = `${method} ${path} ${status}`;
      const operation = document.paths[path]?.[method.toLowerCase()];
      if (!operation) return [`${what}: no operation of the standard`];
      const stated = operation.responses[status] ?? (status >= 400 ? operation.responses.default : undefined);
      if (!stated) return [`${what}: no answer of the standard`];
      if (text === '') return status === 304 ? [] : [`${what}: no body`];
      const [type = ''] = String(headers['content-type']).split(';');
      // 6.2.3 takes the longer name too; its description knows the shorter.
      const media = stated.content[type === 'application/vc+ld+json' ? 'application/json' : type];
      if (!media) return [`${what}: ${type} is no media type of the standard`];
      const value = type === 'text/plain' ? text : inArrays(JSON.parse(text));
      const { $ref, ...inPlace } = media.schema;
      const schema = $ref === undefined ? inPlace : named($ref.split('/').at(-1));
      return check(schema, value).map((fault) => `${what}: ${fault}`);
    },
  };
}
