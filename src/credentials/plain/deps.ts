import type { InstitutionReader, KeyStop, SigningAuthority } from '#institutions';
import type { Clock, Random, Transactor } from '#kernel';
import type { AuditReader } from '#observability';
import type { ContextLoader, ContextRules } from '#proofs';
import type { CredentialReader } from '../ports.ts';
import type { Status } from '../status/status.ts';
import type { PlainCredentialReader, PlainCredentialWrite } from './ports.ts';
import type { Makers } from './secure.ts';

/** What one proof of a signed text turned out to be; the report of a proof checker is such an answer. */
export interface CheckedProofs {
  outcome: 'pass' | 'fail' | 'unknown';
  code: string;
  proofs: readonly { outcome: 'pass' | 'fail' | 'unknown'; code: string }[];
}

export interface PlainDeps extends Makers {
  reader: PlainCredentialReader &
    Pick<InstitutionReader, 'institution'> &
    Pick<CredentialReader, 'idempotency'> &
    Pick<AuditReader, 'lastAuditAt'>;
  transactor: Transactor<PlainCredentialWrite>;
  authority: SigningAuthority & KeyStop;
  /** A signed text, read as a stranger would: parsed anew, contexts pinned, with the published keys of `issuer`. */
  checkSigned: (text: string, issuer: string) => Promise<CheckedProofs>;
  contexts: ContextRules & Pick<ContextLoader, 'kind'>;
  status: Pick<Status, 'ensureList' | 'createList' | 'drawFree' | 'publish' | 'listCredential'>;
  clock: Clock;
  random: Random;
  /** No trailing slash. */
  publicUrl: string;
  /** For fault tests: runs at the beginning of each step. */
  onStep?: (step: PlainStep) => Promise<void> | void;
}

export type PlainStep = 'validate' | 'reserve' | 'sign' | 'check' | 'store' | 'release';
