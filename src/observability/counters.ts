/**
 * Families of counters, named as Prometheus names them. A new one is a new row. Labels are words of ours: never a tenant, an
 * id, an address or anything else from a request.
 */
export const COUNTERS = {
  tatak_offer_refusals_total: { help: 'Attempts to take an offer that were refused, by reason.', labels: ['reason'] },
  tatak_wallet_requests_total: {
    help: 'Requests of wallets by OpenID4VCI, by endpoint and outcome.',
    labels: ['endpoint', 'outcome'],
  },
  tatak_oauth_requests_total: {
    help: 'Requests to the authorization server, by route, grant of the token endpoint and outcome: ok or the error.',
    labels: ['route', 'grant', 'outcome'],
  },
  tatak_presentation_responses_total: {
    help: 'Responses of wallets by OpenID4VP: answered, declined or refused.',
    labels: ['outcome'],
  },
  tatak_canonical_forms_total: {
    help: 'Canonical forms by use: compiled, or the rule by which the reference was asked.',
    labels: ['use', 'outcome'],
  },
  tatak_plan_mismatches_total: {
    help: 'Compiled forms that were not those of the reference, by use.',
    labels: ['use'],
  },
  tatak_exchange_messages_total: { help: 'Messages in VC API exchanges, by outcome.', labels: ['outcome'] },
  tatak_http_requests_total: {
    help: 'Requests answered, by operation (operationId of openapi.yaml, or none) and class of status.',
    labels: ['operation', 'status'],
    series: 1_000,
  },
  tatak_rate_limited_total: { help: 'Requests refused with 429, by the limit that was reached.', labels: ['limit'] },
  tatak_shed_total: { help: 'Requests refused with 503 to stay answering, by what was scarce.', labels: ['reason'] },
  tatak_credentials_issued_total: { help: 'Credentials issued, by form: badge or plain.', labels: ['form'] },
  tatak_status_changes_total: {
    help: 'Changes of the status of credentials, by the state entered.',
    labels: ['state'],
  },
  tatak_status_lists_published_total: { help: 'Status lists signed and stored.', labels: [] },
  tatak_batches_finished_total: { help: 'Batches that came to their end, by state.', labels: ['state'] },
  tatak_batch_rows_total: { help: 'Rows of batches worked off, by outcome.', labels: ['outcome'] },
  tatak_verifications_total: { help: 'Credentials verified, by verdict.', labels: ['verdict'] },
  tatak_commit_failures_total: { help: 'Transactions of the store that failed, by kind.', labels: ['kind'] },
  tatak_fetches_total: {
    help: 'Addresses of others fetched, by outcome: ok or the code of the failure.',
    labels: ['outcome'],
  },
  tatak_webhook_attempts_total: {
    help: 'Attempts to tell an endpoint of an event, by outcome: delivered, the class of a status, or the fault.',
    labels: ['outcome'],
  },
  tatak_spans_total: { help: 'Spans of traces, by what became of them: sent or lost.', labels: ['outcome'] },
  tatak_scrape_failures_total: {
    help: 'Values that could not be read when the metrics were asked for.',
    labels: ['metric'],
  },
} as const satisfies Record<string, { help: string; labels: readonly string[]; series?: number }>;

export type CounterName = keyof typeof COUNTERS;

export interface Counters {
  /** @param values of the labels of the family, in their order: words of ours, never from a request */
  count(name: CounterName, ...values: string[]): void;
}
