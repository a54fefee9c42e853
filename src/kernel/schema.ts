import type { Ajv2020, AnySchemaObject, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { loadAjv } from './ajv.ts';
import { isDay, parseDateTimeStamp } from './dates.ts';
import { isAmount } from './decimal.ts';
import type { FieldError } from './errors.ts';
import { pointerToken } from './strict-json.ts';
import { isDid, isIdentifier, isWebAddress, textFault } from './text.ts';

/**
 * @param value parsed JSON
 * @param base JSON Pointer of `value` in the request body, e.g. `/achievement`
 * @returns every fault, empty when there is none
 */
export type SchemaCheck = (value: unknown, base?: string) => FieldError[];

/** Formats a schema of this service may name; each accepts exactly what the function of the same purpose accepts. */
const FORMATS: Record<string, (text: string) => boolean> = {
  line: (text) => textFault(text, Number.MAX_SAFE_INTEGER) === undefined,
  text: (text) => textFault(text, Number.MAX_SAFE_INTEGER, true) === undefined,
  'web-address': isWebAddress,
  identifier: isIdentifier,
  did: isDid,
  day: isDay,
  instant: (text) => parseDateTimeStamp(text) !== undefined,
  amount: isAmount,
  // The names JSON Schema itself gives to a day and an absolute address: published schemas must use those.
  date: isDay,
  uri: isIdentifier,
  // RFC 5321 4.5.3.1 for the lengths; the shape is what mail systems really deliver, in ASCII.
  email: (text) =>
    text.length <= 254 && /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-zA-Z0-9-]{1,63}\.)+[a-zA-Z]{2,63}$/.test(text),
};

const FORMAT_DETAIL: Record<string, string> = {
  'web-address': 'must be an absolute http or https address',
  identifier: 'must be an absolute web address, urn: or DID',
  did: 'must be a DID',
  day: 'must be a day that exists, YYYY-MM-DD',
  instant: 'must be a date and time with zone',
  amount: 'must be a decimal number as text, e.g. "3" or "0.25"',
  date: 'must be a day that exists, YYYY-MM-DD',
  uri: 'must be an absolute web address, urn: or DID',
  email: 'must be an e-mail address',
};

/** Compiling a schema costs more than anything else at start, so each is compiled when it is first asked. */
let compiler: Ajv2020 | undefined;

function makeCompiler(): Ajv2020 {
  const { Ajv2020 } = loadAjv();
  return new Ajv2020({ strict: true, allErrors: true, verbose: true, ownProperties: true, formats: FORMATS });
}

/**
 * Compiles a JSON Schema 2020-12 once, at its first use. Strict: it rejects, it never removes, coerces or fills in (for a signer that would
 * mean signing what the caller did not send).
 * @throws (the check, at its first use) when the schema itself is wrong
 */
export function schemaCheck(schema: AnySchemaObject): SchemaCheck {
  let validate: ValidateFunction | undefined;
  return (value, base = '') => {
    compiler ??= makeCompiler();
    validate ??= compiler.compile(schema);
    if (validate(value)) return [];
    const seen = new Set<string>();
    return (
      (validate.errors ?? [])
        // `if` only says that its `then` or `else` failed; what failed there is reported too.
        .filter(({ keyword }) => keyword !== 'if')
        .map((error) => fieldError(error, base))
        .filter(({ pointer, detail }) => !seen.has(`${pointer} ${detail}`) && seen.add(`${pointer} ${detail}`))
    );
  };
}

function fieldError(error: ErrorObject, base: string): FieldError {
  const at = base + error.instancePath;
  switch (error.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const name: unknown = error.params.additionalProperty ?? error.params.unevaluatedProperty;
      return {
        pointer: `${at}/${pointerToken(String(name))}`,
        detail: 'is not a known member',
        code: 'unknown-member',
      };
    }
    case 'required':
    case 'dependentRequired':
      return { pointer: `${at}/${pointerToken(String(error.params.missingProperty))}`, detail: 'is required' };
    case 'enum':
      return { pointer: at, detail: `must be one of ${(error.params.allowedValues as unknown[]).join(', ')}` };
    case 'const':
      return { pointer: at, detail: `must be ${JSON.stringify(error.params.allowedValue)}` };
    case 'format': {
      const format = String(error.params.format);
      const fault =
        typeof error.data === 'string' ? textFault(error.data, Number.MAX_SAFE_INTEGER, format === 'text') : '';
      return { pointer: at, detail: FORMAT_DETAIL[format] ?? fault ?? `must be a ${format}` };
    }
    default:
      return { pointer: at, detail: error.message ?? `does not satisfy ${error.keyword}` };
  }
}
