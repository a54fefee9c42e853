import type { PersonalKind } from '#holders';
import { casePlace, importedPlace, mailPlace, offerPlace, sessionPlace, walletIssuancePlace } from './around.ts';
import { approvalPlace, batchRowPlace, choicePlace, credentialPlace } from './awards.ts';
import { guardianPlace } from './guardians.ts';
import { hostConnectionPlace } from './hosts.ts';
import { caseEntryPlace, conferralPlace, evaluationPlace } from './kept.ts';
import type { PersonalColumns, PersonalPlace } from './place.ts';
import { connectionPlace, holderProfilePlace } from './platforms.ts';

/**
 * Every place where personal data of learners is held. A new place is a new row: export and erasure both walk this table, and
 * a test holds its columns against the schema. In the order in which they are erased.
 */
export const PERSONAL_PLACES: Readonly<Record<PersonalKind, PersonalPlace>> = {
  choice: choicePlace,
  walletIssuance: walletIssuancePlace,
  offer: offerPlace,
  mail: mailPlace,
  imported: importedPlace,
  batchRow: batchRowPlace,
  approval: approvalPlace,
  priorLearningCase: casePlace,
  priorLearningEntry: caseEntryPlace,
  evaluation: evaluationPlace,
  conferral: conferralPlace,
  guardian: guardianPlace,
  credential: credentialPlace,
  holderProfile: holderProfilePlace,
  connection: connectionPlace,
  hostConnection: hostConnectionPlace,
  session: sessionPlace,
};

/**
 * Personal data that no identifier of a learner leads to: it is over by itself within hours, is about people of an institution, or
 * is what somebody else put here about whoever they chose.
 */
export const NOT_BY_IDENTIFIER: Readonly<Record<string, PersonalColumns>> = {
  'forgotten when it expires': {
    oauthRecords: ['payload'],
    presentationRequests: ['answer', 'question', 'query'],
    limitedUses: ['key'],
    exchanges: ['lastError'],
    signInLinks: ['emailSha256'],
    keptReports: ['content'],
    hostAuthorizations: ['sessionId'],
  },
  'said by who runs a platform, of the platform': { platforms: ['metadata'] },
  'said by who runs a host, of the host': { knownHosts: ['description', 'clientId', 'clientSecret'] },
  'about people of an institution': {
    accounts: ['email', 'person'],
    institutions: ['profile'],
    apiKeys: ['person', 'label'],
    webhooks: ['url', 'description'],
  },
  'documents that an institution issues by the VC API: it says who they are about': {
    plainCredentials: ['unsigned', 'signed', 'localId'],
  },
  'for whoever looks into a failed check, and given up with it': { signingStops: ['evidence'] },
};
