import { Problem, type ProblemKind } from '#kernel';

/** Types of problems that the standards name. */
export const VCALM = 'https://www.w3.org/TR/vcalm#';
export const VCDM = 'https://www.w3.org/TR/vc-data-model#';
export const STATUS_LIST = 'https://www.w3.org/ns/credentials/status-list#';
export const SECURITY = 'https://w3id.org/security#';

/** Our problems that have a name in VCDM 2.0 section 7.2. */
const BY_KIND: Partial<Record<ProblemKind, string>> = {
  'malformed-json': `${VCDM}PARSING_ERROR`,
  'lint-failed': `${VCDM}MALFORMED_VALUE_ERROR`,
};
/** JSON Schema keywords by which a member of `options` is found to be none we know, or to have a value we do not. */
const UNKNOWN = new Set(['additionalProperties', 'enum', 'unknown_option']);

/**
 * The same problem under the name its standard gives it, where there is one (VCALM 2.6: an unknown option or value is
 * refused by that name).
 */
export function withVcApiType(problem: Problem): Problem {
  const option = problem.errors.some(({ pointer, code }) => /^\/options\//.test(pointer) && UNKNOWN.has(code ?? ''));
  const type = option ? `${VCALM}UNKNOWN_OPTION_PROVIDED` : BY_KIND[problem.kind];
  if (type === undefined || problem.extensions.type !== undefined) return problem;
  const { kind, message, errors, extensions } = problem;
  return new Problem(kind, message, { errors, cause: problem, extensions: { ...extensions, type } });
}
