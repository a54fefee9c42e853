import type { Inbox } from './inbox.ts';

interface Listed {
  items: object[];
}
interface Stacked {
  outcome: string;
  evaluation: { used: string[] };
}

/** The learner proves the address by one code from the mail; whatever was issued to it then stacks. @throws Error otherwise */
export async function stackAsLearner(
  url: string,
  { email, inbox, pathway, awards }: { email: string; inbox: Inbox; pathway: string; awards: number },
): Promise<void> {
  let cookie = '';
  async function call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(url + path, {
      method,
      headers: { accept: 'application/json', 'content-type': 'application/json', connection: 'close', cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    cookie = response.headers.getSetCookie().at(-1)?.split(';')[0] ?? cookie;
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
  await call('POST', '/holder/codes', { email });
  const [code] = await inbox.find(/^[ \t]*\d{6}[ \t\r]*$/m, 1);
  await call('POST', '/holder/codes/confirmations', { email, code: code!.trim() });
  const { items } = await call<Listed>('GET', '/holder/credentials');
  const { outcome, evaluation } = await call<Stacked>('POST', '/holder/evaluations', { pathway });
  const used = evaluation.used.length;
  if (items.length !== awards || outcome !== 'met' || used !== awards) {
    throw new Error(`the learner has ${items.length} of ${awards} badges: ${outcome} by ${used}`);
  }
}
