import { isObject, type Json, type JsonObject } from '#kernel';
import { loadPresentation } from './presented.ts';
import type { Report } from './report.ts';
import type { Session } from './session.ts';
import {
  type MemberChecks,
  type PresentationReport,
  type PresentationVerified,
  verifyPresentation,
} from './verify-presentation.ts';

/** A presentation that was signed for this question and for whom it was made, or a credential as it is. */
export type HandedOver =
  | { presentation: string | JsonObject; challenge: string; domain: string }
  /** Text: a compact token and nothing else. */
  | { credential: string | JsonObject };

export interface HandedOverVerified {
  presentation?: PresentationReport;
  /** What was in it, or itself. */
  credentials: { given: string | JsonObject; report: Report }[];
}

/** One after another, so that what they name in common is fetched once, by the first. */
export async function verifyHandedOver(
  items: readonly HandedOver[],
  session: Session,
  rules: Parameters<typeof verifyPresentation>[2],
  members: MemberChecks,
): Promise<HandedOverVerified[]> {
  const out: HandedOverVerified[] = [];
  for (const item of items) {
    if ('credential' in item) {
      const { credential: given } = item;
      const report =
        typeof given === 'string'
          ? await members.enveloped(given, undefined, session)
          : await members.document(given, undefined, session);
      out.push({ credentials: [{ given, report }] });
      continue;
    }
    const { presentation, credentials } = await verifyPresentation(item, session, rules, members);
    out.push({ presentation, credentials: await pairs(item.presentation, { presentation, credentials }, session) });
  }
  return out;
}

async function pairs(
  given: string | JsonObject,
  { credentials }: PresentationVerified,
  session: Session,
): Promise<HandedOverVerified['credentials']> {
  const opened = await loadPresentation(given, session);
  const inside: Json[] = 'unread' in opened ? [] : opened.members;
  return credentials.flatMap((report, index) => {
    const one = inside[index];
    return typeof one === 'string' || isObject(one) ? [{ given: one, report }] : [];
  });
}
