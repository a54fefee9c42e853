/**
 * Columns that were looked at and hold nothing of a learner: ids, digests, instants, states, and what institutions say of themselves
 * and of their officers. Text that an institution writes about a case (`reason`, `note`) is asked not to name anybody.
 */
export const NOTHING_OF_LEARNERS: Readonly<Record<string, string>> = {
  account_roles: 'account_id granted_at granted_by revoked_at revoked_by role role_id tenant',
  accounts:
    'account_id confirmed_at confirmed_by created_at created_by deactivated_at lang recovered_at ' +
    'recovered_by recovered_person',
  accreditation_events:
    'accreditation_id by effective_at legal_instrument reason recorded_at seq superseded_by tenant ' + 'type',
  accreditations:
    'accreditation_id accredited accreditor award_types bucket created_at role scope signed tenant ' +
    'valid_from valid_until verb',
  achievement_versions:
    'achievement_id created_at document extension jwt permitted_issuers securing sha256 ' +
    'status_purpose status_type tenant version',
  api_keys: 'created_at expires_at key_id revoked_at role secret_sha256 tenant',
  approvals:
    'achievement_id achievement_version approval_id credential_ids decided_at decided_by ' +
    'decided_person idempotency_key prepared_at prepared_by prepared_person problem reason ' +
    'recipients request_sha256 settled_at state tenant',
  audit: 'actor at detail hash object object_sha256 operation previous_hash seq tenant',
  batch_rows: 'batch_id credential_id row state tenant',
  batches:
    'achievement_id achievement_version actor approved_person batch_id created_at failed_rows fence ' +
    'finished_at idempotency_key invalid_rows issued_rows lease_until options person request_sha256 ' +
    'rows state tenant',
  carried_statuses: 'carried_at entry list_id',
  challenges: 'challenge created_at expires_at tenant used_at',
  checkpoints: 'key_id note root signed_at size',
  conferral_components:
    'achievement component_award_id conferral_id credential credential_id live ordinal pathway ' +
    'sha256 state_seen tenant',
  conferrals:
    'accepted_sha256 achievement achievement_id achievement_version approval_id checked_at ' +
    'conferral_id credential_id evaluation_id flagged_at pathway pathway_version prepared_at ' +
    'prepared_by prepared_person problem review reviewed_at reviewed_by settled_at state tenant',
  connection_identifiers: 'connection_id kind proven_at',
  connections: 'client_id connection_id created_at expires_at grant_sha256 scopes',
  credentials:
    'abandoned_at achievement_id achievement_version award_id awarded_date batch_id batch_row ' +
    'credential_id edition erased_at form_of idempotency_key issued_at jwt_key_id jwt_sha256 key_id ' +
    'offer_id phase prepared_at proof_created sha256 state status_list_id status_list_index ' +
    'status_purpose tenant valid_from valid_until',
  did_documents: 'number recorded_at sha256 tenant text',
  endorsements: 'created_at credential_id endorses kind tenant',
  equivalence_editions: 'created_at edition equivalence_id sha256 signed tenant',
  equivalence_events: 'by day equivalence_id legal_instrument reason recorded_at seq superseded_by tenant type',
  equivalences:
    'created_at decided_at equivalence_id input revision state tenant updated_at valid_from ' + 'valid_until',
  erasures: 'erased_at kept kind object object_sha256 tenant',
  evaluations:
    'conferrer created_at created_by date evaluation_id input_sha256 outcome output_sha256 pathway ' +
    'pathway_version tenant',
  exchanges: 'challenge challenge_expires_at created_at offer_id sequence state tenant updated_at',
  heartbeats: 'at name',
  held_registers:
    'accreditor by consult held_id imported_at max_age_days published sha256 tenant text url ' + 'valid_until',
  host_authorizations: 'expires_at host_id lang scope state_sha256 verifier',
  host_connections:
    'access_expires_at connected_at connection_id ended_at fence host_id keeper_kind lease_until pulled_at scope',
  host_transfers: 'attempts connection_id created_at due_at form kind outcome pages settled_at state transfer_id tries',
  known_hosts: 'discovery_url host_id registered_at scope secret_expires_at',
  holder_identifiers: 'kind proven_at session_id',
  holder_sessions: 'challenge created_at expires_at session_id token_sha256',
  holder_profiles: 'profile_id updated_at',
  imported_credentials:
    'arrival_verdict format identity import_id issuer_id keeper_kind media_type received_at ' +
    'received_bytes received_sha256 report_sha256 sentence source valid_from verdict verified_at',
  kept_reports: 'ends_at kept_at report_id',
  idempotency: 'created_at credential_ids key operation request_sha256 tenant',
  images: 'bytes created_at height image_id media_type tenant width',
  institutions: 'approval created_at recipient_retention_days search_name tenant',
  issuing_decisions: 'achievement_id by decision_id legal_instrument reason recorded_at tenant valid_from valid_until',
  keystore_heads: 'canary name salt',
  limited_uses: 'ends_at span used',
  log_keys: 'created_at key_id origin public_key_multibase wrapped_private_key',
  log_subtrees: 'block root',
  webhook_deliveries:
    'attempts due_at event_at event_id event_type first_at last_at last_fault last_ms last_status payload seq settled_at state ' +
    'subject tenant webhook_id',
  webhooks:
    'created_at created_by disabled_at disabled_reason edition event_types failing_since failures fence lease_until ' +
    'position previous_until rest_until state tenant webhook_id',
  mail: 'attempts created_at due_at expires_at kind lang last_answer mail_id object settled_at state ' + 'tenant',
  mail_codes: 'created_at expires_at mac session_id tries used_at',
  oauth_clients: 'client_id created_at label revoked_at role secret_sha256 tenant',
  oauth_keys: 'created_at key_id public_key_multibase wrapped_private_key',
  oauth_records: 'consumed_at expires_at grant_sha256 id_sha256 model uid_sha256',
  offers:
    'accepted_at award_id confirmation created_at credential_id edition expires_at offer_id ' +
    'secret_sha256 state taken_at taken_by tenant tries withdrawn_by',
  officer_sessions:
    'account_id assurance created_at ended_at expires_at open_id_tenant role seen_at session_id ' +
    'session_sha256 tenant',
  open_id_logins: 'browser_sha256 code_verifier created_at expires_at nonce state_sha256 tenant used_at',
  open_id_providers: 'client_id issuer set_at set_by tenant',
  passkey_challenges: 'challenge_sha256 created_at expires_at holder_sha256 purpose used_at',
  passkeys: 'account_id counter created_at credential_id last_used_at name public_key transports',
  pathways: 'created_at pathway_id sha256 signed tenant version',
  platforms: 'client_id created_at secret_sha256 used_at',
  plain_credentials:
    'abandoned_at credential_id idempotency_key instance issued_at key_id mandatory_pointers phase ' +
    'prepared_at proof_created removed_at sha256 state status_list_id status_list_index ' +
    'status_purpose tenant',
  plain_status_entries: 'credential_id index list_id pair tenant',
  presentation_requests:
    'answered_at created_at error expires_at forget_at nonce request_id response_code_sha256 state ' +
    'status transaction_sha256',
  prior_learning_cases:
    'achievement_id achievement_version approval_id assessed_person attempt case_id closed_at ' +
    'credential_id opened_at opened_by opened_person revision route state tenant',
  prior_learning_entries: 'at by case_id kind number person sha256 tenant',
  release_choices: 'credential_id tenant',
  sign_in_links: 'account_id browser_sha256 created_at expires_at link_sha256 ordinal used_at',
  signing_keys:
    'active_from created_at key_id public_key_multibase purpose retired_at revoked_at tenant ' + 'wrapped_private_key',
  signing_stops: 'credential_id key_id lift_reason lifted_at lifted_by reason stop_id stopped_at suspects tenant',
  status_entries: 'credential_id index list_id pair tenant',
  status_events: 'action actor at credential_id reason seq tenant',
  status_lists: 'closed_at created_at kind length list_id published published_at purpose reserved tenant',
  store_marks: 'at detail name',
  successions:
    'by effective_at kind legal_instrument may_award predecessor reason recorded_at succession_id ' +
    'successor tenant',
  verifier_keys: 'created_at key_id public_key_multibase wrapped_private_key',
  wallet_issuances: 'created_at event event_at expires_at format issuance_id offer_id state tenant',
};
