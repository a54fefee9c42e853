import type { OperationId } from '#auth';
import { consoleAchievements } from './console/achievements.ts';
import { consoleApprovals } from './console/approvals.ts';
import { consoleAward } from './console/award.ts';
import { consoleAwardForm } from './console/award-form.ts';
import { consoleAwards } from './console/awards.ts';
import { consoleClassList } from './console/class-list.ts';
import { consoleClassLists } from './console/class-lists.ts';
import { consoleGrant } from './console/grant.ts';
import { consoleGrantForm } from './console/grant-form.ts';
import { consoleGrants } from './console/grants.ts';
import { consoleOverview } from './console/overview.ts';
import { consoleWebhooks } from './console/webhooks.ts';
import type { ApiDeps } from './deps.ts';
import { holderBadges } from './holder/badges.ts';
import { claimPage } from './holder/claim-page.ts';
import { holderHosts } from './holder/hosts.ts';
import { holderImports } from './holder/imports.ts';
import { myPage } from './holder/my-page.ts';
import { holderPrivacy } from './holder/privacy.ts';
import { holderSessions } from './holder/sessions.ts';
import type { OpenApi } from './http/openapi.ts';
import type { Handlers } from './http/operation.ts';
import { manageAccounts } from './manage/accounts.ts';
import { manageAccreditations } from './manage/accreditations.ts';
import { manageAchievements } from './manage/achievements.ts';
import { manageApiKeys } from './manage/api-keys.ts';
import { manageApprovals } from './manage/approvals.ts';
import { manageAudit } from './manage/audit.ts';
import { manageBatches } from './manage/batches.ts';
import { manageConferrals } from './manage/conferrals.ts';
import { manageCredentials } from './manage/credentials.ts';
import { manageEndorsements } from './manage/endorsements.ts';
import { manageEquivalences } from './manage/equivalences.ts';
import { manageErasures } from './manage/erasures.ts';
import { manageEvaluations } from './manage/evaluations.ts';
import { manageInstitutions } from './manage/institutions.ts';
import { manageOAuthClients } from './manage/oauth-clients.ts';
import { manageOffers } from './manage/offers.ts';
import { manageOpenIdProviders } from './manage/openid-providers.ts';
import { managePathways } from './manage/pathways.ts';
import { managePriorLearning } from './manage/prior-learning.ts';
import { manageSigningKeys } from './manage/signing-keys.ts';
import { manageStanding } from './manage/standing.ts';
import { manageStatuses } from './manage/statuses.ts';
import { manageWebhooks } from './manage/webhooks.ts';
import { oauthInteraction } from './oauth/interaction.ts';
import { oauthServer } from './oauth/server.ts';
import { ob3Host } from './ob3/host.ts';
import { ob3Platforms } from './ob3/platforms.ts';
import { oid4vciIssuer } from './oid4vci/issuer.ts';
import { oid4vciWallet } from './oid4vci/wallet.ts';
import { oid4vpRequests } from './oid4vp/requests.ts';
import { peopleAccount } from './people/account.ts';
import { peopleSession } from './people/session.ts';
import { peopleSignIn } from './people/sign-in.ts';
import { publicAccreditations } from './public/accreditations.ts';
import { publicAchievements } from './public/achievements.ts';
import { publicAttestations } from './public/attestations.ts';
import { createBadgePictures } from './public/badge-pictures.ts';
import { publicCredentials } from './public/credentials.ts';
import { publicEndorsements } from './public/endorsements.ts';
import { publicEquivalences } from './public/equivalences.ts';
import { publicFixed } from './public/fixed.ts';
import { publicFramework } from './public/framework.ts';
import { publicInstitutions } from './public/institutions.ts';
import { publicKeptReports } from './public/kept-reports.ts';
import { publicKeys } from './public/keys.ts';
import { publicLog } from './public/log.ts';
import { publicMetrics } from './public/metrics.ts';
import { publicPathwayMatches } from './public/pathway-matches.ts';
import { publicPathways } from './public/pathways.ts';
import { publicPresentationRequests } from './public/presentation-requests.ts';
import { publicPrivacy } from './public/privacy.ts';
import { publicRecognizedEntities } from './public/recognized-entities.ts';
import { publicRegistry } from './public/registry.ts';
import { publicRequestPages } from './public/request-pages.ts';
import { publicSite } from './public/site.ts';
import { publicStatistics } from './public/statistics.ts';
import { publicVerifications } from './public/verifications.ts';
import { publicVerifyPage } from './public/verify-page.ts';

import { vcApiChallenges } from './vc-api/challenges.ts';
import { vcApiCredentials } from './vc-api/credentials.ts';
import { vcApiDerive } from './vc-api/derive.ts';
import { vcApiExchanges } from './vc-api/exchanges.ts';
import { vcApiIssue } from './vc-api/issue.ts';
import { vcApiPresentations } from './vc-api/presentations.ts';
import { vcApiStatusLists } from './vc-api/status-lists.ts';
import { vcApiVerify } from './vc-api/verify.ts';

/** One handler for each operation; the type fails when one is missing. */
export function handlersOf(deps: ApiDeps, api: OpenApi): Handlers<OperationId> {
  const pictures = createBadgePictures(deps);
  return {
    ...publicSite(deps, api),
    ...publicPrivacy(deps),
    ...publicFixed(deps),
    ...publicFramework(deps),
    ...publicCredentials(deps, pictures),
    ...publicAttestations(deps),
    ...publicInstitutions(deps),
    ...publicKeys(deps),
    ...publicAchievements(deps, pictures),
    ...publicPathways(deps),
    ...publicEquivalences(deps),
    ...publicEndorsements(deps),
    ...publicPathwayMatches(deps),
    ...publicAccreditations(deps),
    ...publicRegistry(deps),
    ...publicRecognizedEntities(deps),
    ...publicLog(deps),
    ...publicVerifyPage(deps),
    ...publicKeptReports(deps),
    ...publicStatistics(deps),
    ...publicRequestPages(deps),
    ...publicPresentationRequests(deps),
    ...oid4vpRequests(deps),
    ...publicVerifications(deps),
    ...holderSessions(deps),
    ...holderBadges(deps),
    ...holderImports(deps),
    ...holderHosts(deps),
    ...holderPrivacy(deps),
    ...myPage(deps),
    ...claimPage(deps),
    ...manageInstitutions(deps),
    ...manageSigningKeys(deps),
    ...manageApiKeys(deps),
    ...manageAccounts(deps),
    ...manageOpenIdProviders(deps),
    ...peopleSignIn(deps),
    ...peopleSession(deps),
    ...peopleAccount(deps),
    ...manageOAuthClients(deps),
    ...manageAchievements(deps),
    ...manageCredentials(deps),
    ...manageStatuses(deps),
    ...manageApprovals(deps),
    ...manageBatches(deps),
    ...managePriorLearning(deps),
    ...manageAccreditations(deps),
    ...manageStanding(deps),
    ...managePathways(deps),
    ...manageEvaluations(deps),
    ...manageConferrals(deps),
    ...manageEquivalences(deps),
    ...manageEndorsements(deps),
    ...manageOffers(deps),
    ...manageWebhooks(deps),
    ...consoleOverview(deps),
    ...consoleAchievements(deps),
    ...consoleClassLists(deps),
    ...consoleClassList(deps),
    ...consoleAwardForm(deps),
    ...consoleAwards(deps),
    ...consoleAward(deps),
    ...consoleApprovals(deps),
    ...consoleWebhooks(deps),
    ...consoleGrants(deps),
    ...consoleGrantForm(deps),
    ...consoleGrant(deps),
    ...publicMetrics(deps),
    ...manageAudit(deps),
    ...manageErasures(deps),
    ...vcApiIssue(deps),
    ...vcApiCredentials(deps),
    ...vcApiStatusLists(deps),
    ...vcApiVerify(deps),
    ...vcApiPresentations(deps),
    ...vcApiChallenges(deps),
    ...vcApiDerive(deps),
    ...vcApiExchanges(deps),
    ...oauthServer(deps),
    ...oauthInteraction(deps),
    ...ob3Host(deps, api),
    ...ob3Platforms(deps),
    ...oid4vciIssuer(deps),
    ...oid4vciWallet(deps),
  };
}
