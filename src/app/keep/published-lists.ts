import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type PublishedList, readPublishedList } from '#credentials';

/** What others have of a service that was lost: status lists, and heads of its log. */
export interface Published {
  lists: PublishedList[];
  /** Signed notes. */
  checkpoints: string[];
}

/** More than a list of a million entries has. */
const FILE_BYTES = 16 * 1024 * 1024;
const FETCH_MS = 30_000;

/** Every file of a directory that is a status list of this service, under whatever name; and `checkpoint`, as the service names it. */
export function publishedInDirectory(directory: string, publicUrl: string): Published {
  const lists: PublishedList[] = [];
  const checkpoints: string[] = [];
  for (const name of readdirSync(directory).sort()) {
    const path = join(directory, name);
    const { size } = statSync(path);
    if (!statSync(path).isFile() || size > FILE_BYTES) continue;
    const text = readFileSync(path, 'utf8');
    if (/^checkpoint(?:\.txt)?$/.test(name)) checkpoints.push(text);
    const list = readPublishedList(text, publicUrl);
    if (list) lists.push(list);
  }
  return { lists, checkpoints };
}

/**
 * From whoever still serves them: the old service, or a cache in front of it. An operator names the address, and nothing that
 * is read decides on another.
 * @param wanted paths as the service has them: `/status/ID`, `/revocations/ID`
 */
export async function publishedAt(base: string, wanted: readonly string[], publicUrl: string): Promise<Published> {
  const origin = base.replace(/\/$/, '');
  const lists: PublishedList[] = [];
  for (const path of wanted) {
    const list = readPublishedList((await textAt(origin + path)) ?? '', publicUrl);
    if (list) lists.push(list);
  }
  const checkpoint = await textAt(`${origin}/log/checkpoint`);
  return { lists, checkpoints: checkpoint === undefined ? [] : [checkpoint] };
}

async function textAt(address: string): Promise<string | undefined> {
  try {
    const response = await fetch(address, {
      headers: { accept: 'application/vc, application/json, text/plain' },
      redirect: 'error',
      signal: AbortSignal.timeout(FETCH_MS),
    });
    return response.ok ? await response.text() : undefined;
  } catch {
    // It is silent: whoever needs what it has says so.
    return undefined;
  }
}
