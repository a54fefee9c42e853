import { describe } from 'vitest';
import { accreditationContract } from './accreditations.ts';
import { approvalContract } from './approvals.ts';
import { atomicityContract } from './atomicity.ts';
import { auditContract } from './audit.ts';
import { batchContract } from './batches.ts';
import { conferralContract } from './conferrals.ts';
import { credentialContract } from './credentials.ts';
import { definitionContract } from './definitions.ts';
import { endorsementContract } from './endorsements.ts';
import { equivalenceContract } from './equivalences.ts';
import { institutionContract } from './institutions.ts';
import { logContract } from './log.ts';
import { mailContract } from './mail.ts';
import { oauthContract } from './oauth.ts';
import type { Open } from './open.ts';
import { pagingContract } from './paging.ts';
import { peopleContract } from './people.ts';
import { plainCredentialContract } from './plain-credentials.ts';
import { presentationRequestContract } from './presentation-requests.ts';
import { priorLearningContract } from './prior-learning.ts';
import { registerSearchContract } from './register-search.ts';
import { standingContract } from './standing.ts';
import { statusContract } from './status.ts';
import { tenancyContract } from './tenancy.ts';
import { walletContract } from './wallets.ts';

/** What every engine must do, whatever it is made of. `open` makes a new, empty store each time. */
export function storageContract(name: string, open: Open): void {
  describe(`storage contract: ${name}`, () => {
    institutionContract(open);
    definitionContract(open);
    accreditationContract(open);
    standingContract(open);
    credentialContract(open);
    plainCredentialContract(open);
    endorsementContract(open);
    oauthContract(open);
    presentationRequestContract(open);
    statusContract(open);
    walletContract(open);
    batchContract(open);
    approvalContract(open);
    conferralContract(open);
    priorLearningContract(open);
    equivalenceContract(open);
    peopleContract(open);
    auditContract(open);
    logContract(open);
    mailContract(open);
    atomicityContract(open);
    pagingContract(open);
    tenancyContract(open);
    registerSearchContract(open);
  });
}
