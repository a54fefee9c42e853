/**
 * What has drifted. `missing`: the log has it and the store has not. `bytes`: the text is not the one whose digest the log
 * has. `unreadable`: no strict JSON, or no token. `changed`: says something else than what was linted. `lint`: breaks a rule
 * that held on its day. `proof`: does not verify with the published key, or names another. `status`: the entry is not its
 * own. `columns`: the record says something else than the document.
 */
export type DriftCode = 'missing' | 'bytes' | 'unreadable' | 'changed' | 'lint' | 'proof' | 'status' | 'columns';

/** One fault of one stored credential. Never quotes what the credential says: it may be about a person. */
export interface Drift {
  /** Of the log entry that recorded it. */
  seq: number;
  tenant: string;
  credentialId: string;
  code: DriftCode;
  detail: string;
}

/** A fault, before it is known whose. */
export type Fault = Pick<Drift, 'code' | 'detail'>;

/** What holds for all credentials of one institution. */
export interface Setting {
  tenant: string;
  /** As its recorded DID document names it. */
  did: string;
  /** No trailing slash. */
  publicUrl: string;
  specimen: boolean;
}
