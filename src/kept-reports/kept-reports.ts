import { type LimitedUse, limitedUse, unlessUsedUp } from '#holders';
import {
  type Clock,
  formatInstant,
  ID_PATTERN,
  Problem,
  type Random,
  randomId,
  sha256Hex,
  type Transactor,
} from '#kernel';
import type { KeptReportReader, KeptReportWrite } from './ports.ts';

/** So long a report is kept, when somebody asks for that. */
export const KEPT_DAYS = 30;
/** Of one address in a day. */
export const KEPT_A_DAY = 20;
/** A report is some kilobytes; one about a learner record with all its members, some hundred. */
const MOST_CHARS = 1_000_000;
/** So long after it is gone its address answers that it was there. */
const REMEMBERED_DAYS = 335;
const DAY_MS = 86_400_000;

/** What is kept: the report and the names that a register had for its parties that day. Never what was uploaded. */
export interface KeptContent {
  report: object;
  /** DID -> name. */
  names: Readonly<Record<string, string>>;
}

export interface Kept {
  id: string;
  /** Whole-second UTC. */
  keptAt: string;
  endsAt: string;
}

export interface KeptReports {
  /**
   * @param address of whoever asks; kept for the day as a digest
   * @throws Problem `rate-limited` after `KEPT_A_DAY`, `payload-too-large`
   */
  keep(content: KeptContent, address: string): Promise<Kept>;
  /** @throws Problem `not-found`, and `gone` when its time is over */
  read(id: string): Promise<Kept & KeptContent>;
  /** Takes away what is over. */
  sweepOnce(): Promise<boolean>;
}

export interface KeptReportsDeps {
  reader: KeptReportReader;
  transactor: Transactor<KeptReportWrite | { op: 'limitedUse.take'; use: LimitedUse; at: string }>;
  clock: Clock;
  random: Random;
}

export function createKeptReports({ reader, transactor, clock, random }: KeptReportsDeps): KeptReports {
  return {
    async keep(content, address) {
      const text = JSON.stringify(content);
      if (text.length > MOST_CHARS) throw new Problem('payload-too-large', 'this report is too large to be kept');
      const now = clock.now();
      const [keptAt, endsAt] = [formatInstant(now), formatInstant(new Date(now.getTime() + KEPT_DAYS * DAY_MS))];
      const row = { reportId: randomId(random), keptAt, endsAt, content: text };
      const use = limitedUse({ key: `report ${sha256Hex(address)}`, ms: DAY_MS, most: KEPT_A_DAY, now });
      const keeping = transactor.commit([
        { op: 'limitedUse.take', use, at: keptAt },
        { op: 'keptReport.insert', row },
      ]);
      await unlessUsedUp(keeping, `no more than ${KEPT_A_DAY} reports are kept in a day`);
      return { id: row.reportId, keptAt, endsAt };
    },

    async read(id) {
      const row = ID_PATTERN.test(id) ? await reader.keptReport(id) : undefined;
      if (!row) throw new Problem('not-found', 'there is no such report');
      // Whoever sweeps may be late.
      if (row.content === undefined || row.endsAt <= formatInstant(clock.now())) {
        const detail = `the report was kept until ${row.endsAt} and is deleted; the badge can be checked again`;
        throw new Problem('gone', detail, { extensions: { code: 'report_over' } });
      }
      return { id, keptAt: row.keptAt, endsAt: row.endsAt, ...(JSON.parse(row.content) as KeptContent) };
    },

    async sweepOnce() {
      const now = clock.now();
      const forgetBefore = formatInstant(new Date(now.getTime() - REMEMBERED_DAYS * DAY_MS));
      await transactor.commit([{ op: 'keptReport.sweep', at: formatInstant(now), forgetBefore }]);
      return false;
    },
  };
}
