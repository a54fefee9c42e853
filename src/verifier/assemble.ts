import { formatInstant, type Text } from '#kernel';
import { CHECKS, type Check, type Profile, type Report, type ReportCredential, type StandingReason } from './report.ts';
import { decideStanding, decideVerdict, inWordsOf, type StandingFacts, sentence } from './verdict.ts';

/** What a report says beside its checks, once proof and document hold. */
export interface Shown {
  credential?: ReportCredential;
  specimen: boolean;
  standing?: StandingFacts;
  /** Instead of standing. */
  reason?: StandingReason;
  /** What it is, where it is no award: said instead of standing. */
  about?: Text;
}

/** The report of what was found; both answers follow from the checks. */
export function assemble(
  checks: Check[],
  profile: Profile,
  shown: Shown | undefined,
  now: Date,
  knownOn?: string,
): Report {
  const verdict = decideVerdict(checks);
  const { recognition, reason } = decideStanding(shown?.standing);
  const specimen = shown?.specimen ?? false;
  const standing = shown?.reason ?? reason;
  const said = checks.map((one) => ({
    ...one,
    message: one.code === 'not_a_badge' ? one.message : inWordsOf(profile, one.message),
  }));
  return {
    verdict,
    recognition,
    sentence: sentence(checks, verdict, standing, specimen, knownOn, profile, shown?.about),
    standing,
    profile,
    checkedAt: formatInstant(now),
    specimen,
    ...(shown?.credential ? { credential: shown.credential } : {}),
    checks: CHECKS.map((name) => said.find((one) => one.check === name)!),
  };
}
