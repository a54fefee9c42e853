import { type Kysely, type RawBuilder, sql } from 'kysely';
import { logFindings } from './log-agreement.ts';
import { logReader } from './readers/log.ts';
import type { Tables } from './tables.ts';

const FINDINGS = 20;

/** Things the tables must agree on among themselves; each query yields the ids of those that do not. */
const AGREEMENTS: Record<string, RawBuilder<{ id: string }>> = {
  'credential without its status entry': sql`
    select c.credential_id as id from credentials c
    left join status_entries e on e.tenant = c.tenant and e.credential_id = c.credential_id
    where e.credential_id is null or e.list_id <> c.status_list_id or e."index" <> c.status_list_index`,
  'open intent that is not among those to settle, or one there that is none': sql`
    select coalesce(c.credential_id, i.credential_id) as id
    from (select tenant, prepared_at, credential_id from credentials where phase = 'prepared') c
    full join open_intents i on i.tenant = c.tenant and i.prepared_at = c.prepared_at
      and i.credential_id = c.credential_id
    where c.credential_id is null or i.credential_id is null`,
  'status entry outside its list': sql`
    select e.credential_id as id from status_entries e
    join status_lists l on l.tenant = e.tenant and l.list_id = e.list_id
    where e."index" < 0 or e."index" >= l.length
      or e.pair <> case when (e."index" & 7) < 4 then e."index" else (e."index" | 7) - (e."index" & 7) end`,
  'plain credential without its status entry': sql`
    select c.credential_id as id from plain_credentials c
    left join plain_status_entries e on e.tenant = c.tenant and e.credential_id = c.credential_id
    where (c.status_list_id is null) <> (e.credential_id is null)
      or e.list_id <> c.status_list_id or e."index" <> c.status_list_index`,
  'plain status entry outside its list, or in one of another kind or purpose': sql`
    select e.credential_id as id from plain_status_entries e
    join status_lists l on l.tenant = e.tenant and l.list_id = e.list_id
    join plain_credentials c on c.tenant = e.tenant and c.credential_id = e.credential_id
    where l.kind is null or l.kind <> 'plain' or l.purpose <> c.status_purpose or e."index" >= l.length`,
  'credential with another purpose than its list': sql`
    select c.credential_id as id from credentials c
    join status_lists l on l.tenant = c.tenant and l.list_id = c.status_list_id
    where l.purpose <> c.status_purpose`,
  'form that does not say what the web copy of its award says': sql`
    select f.credential_id as id from credentials f
    left join credentials w on w.tenant = f.tenant and w.credential_id = f.form_of
    where f.form_of is not null and (w.phase is null or w.phase <> 'issued' or w.form_of is not null
      or w.award_id <> f.award_id or w.achievement_id <> f.achievement_id
      or w.achievement_version <> f.achievement_version or w.awarded_date <> f.awarded_date
      or (f.phase <> 'abandoned' and w.state <> f.state))`,
  'status list with a wrong count of reserved indexes': sql`
    select l.list_id as id from status_lists l
    where l.reserved <> (select count(*) from status_entries e where e.tenant = l.tenant and e.list_id = l.list_id)
      + (select count(*) from plain_status_entries e where e.tenant = l.tenant and e.list_id = l.list_id)`,
  'batch with a wrong count of rows': sql`
    select b.batch_id as id from batches b left join (
      select tenant, batch_id, count(*) as total,
        sum(case when state = 'issued' then 1 else 0 end) as issued,
        sum(case when state = 'failed' then 1 else 0 end) as failed
      from batch_rows group by tenant, batch_id
    ) r on r.tenant = b.tenant and r.batch_id = b.batch_id
    where b.issued_rows <> coalesce(r.issued, 0) or b.failed_rows <> coalesce(r.failed, 0)
      or b.rows <> coalesce(r.total, 0)`,
  'awarded case without its credential': sql`
    select p.case_id as id from prior_learning_cases p
    left join credentials c on c.tenant = p.tenant and c.credential_id = p.credential_id
      and c.achievement_id = p.achievement_id and c.phase = 'issued'
    where p.state = 'awarded' and c.credential_id is null`,
  'issued batch row without its credential': sql`
    select r.batch_id as id from batch_rows r
    left join credentials c on c.tenant = r.tenant and c.credential_id = r.credential_id
    where r.state = 'issued' and c.credential_id is null`,
};

/** The engine-neutral part of `Storage.integrity`: at most 20 findings of a kind. */
export async function disagreements(db: Kysely<Tables>): Promise<string[]> {
  const found: string[] = [];
  for (const [what, query] of Object.entries(AGREEMENTS)) {
    const { rows } = await sql<{ id: string }>`${query} limit ${sql.lit(FINDINGS)}`.execute(db);
    found.push(...rows.map(({ id }) => `${what}: ${id}`));
  }
  return [...found, ...(await logFindings(logReader(db), FINDINGS))];
}
