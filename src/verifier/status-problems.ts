/** Where the problem types of Bitstring Status List 1.0, section 3.5, stand. */
export const STATUS_LIST_PROBLEMS = 'https://www.w3.org/ns/credentials/status-list#';

export type StatusProblem =
  | 'STATUS_RETRIEVAL_ERROR'
  | 'STATUS_VERIFICATION_ERROR'
  | 'STATUS_LIST_LENGTH_ERROR'
  | 'RANGE_ERROR';

/** Codes of the check `status` that are not about verifying what came. */
const PROBLEMS: Record<string, StatusProblem> = {
  status_budget: 'STATUS_RETRIEVAL_ERROR',
  status_refused: 'STATUS_RETRIEVAL_ERROR',
  status_unreachable: 'STATUS_RETRIEVAL_ERROR',
  status_http_status: 'STATUS_RETRIEVAL_ERROR',
  status_not_json: 'STATUS_RETRIEVAL_ERROR',
  status_malformed: 'STATUS_RETRIEVAL_ERROR',
  status_list_redirected: 'STATUS_RETRIEVAL_ERROR',
  status_list_length: 'STATUS_LIST_LENGTH_ERROR',
  status_index_out_of_range: 'RANGE_ERROR',
};

/**
 * The standard's problem for a status that could not be found out.
 * @param check of the report
 * @returns undefined when the status is known, good or bad, or there is none
 */
export function statusProblemOf(check: { result: string; code: string }): StatusProblem | undefined {
  return check.result === 'unknown' ? (PROBLEMS[check.code] ?? 'STATUS_VERIFICATION_ERROR') : undefined;
}
