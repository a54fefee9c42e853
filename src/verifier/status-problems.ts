/** Where the problem types of Bitstring Status List 1.0, section 3.5, stand. */
const BASE = 'https://www.w3.org/ns/credentials/status-list#';

type StatusProblem =
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
 * The standard's problem type (an address) for a status that could not be found out.
 * @param check of the report
 * @returns undefined when the status is known, good or bad, or there is none
 */
export function statusProblemOf(check: { result: string; code: string }): string | undefined {
  if (check.result !== 'unknown') return undefined;
  return `${BASE}${PROBLEMS[check.code] ?? 'STATUS_VERIFICATION_ERROR'}`;
}
