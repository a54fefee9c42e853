import type { VerifiedBadge } from '../model.ts';
import { type Check, check } from '../report.ts';

/** What it counts toward, as the definition states it. Whether it does is decided by a pathway, in a stack. */
export function checkStackability(badge: VerifiedBadge): Check {
  const { stackability, contributesTo } = badge;
  if (contributesTo.length > 0) {
    const message = {
      en: 'Its issuer states that it counts toward other awards; the pathway of each decides whether it does.',
      fil: 'Sinasabi ng nagkaloob na mabibilang ito tungo sa ibang gawad; ang landas ng bawat isa ang magpapasiya.',
    };
    return check('stackability', 'not_applicable', 'stated', message, { stackability, contributesTo });
  }
  const message = {
    en: 'No pathway was named.',
    fil: 'Walang binanggit na landas.',
  };
  return check('stackability', 'not_applicable', 'not_asked', message, stackability ? { stackability } : {});
}
