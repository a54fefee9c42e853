import { Problem } from '#kernel';
import { textFault } from '../lints/unicode.ts';
import { isStatusAction, type StatusAction } from './transitions.ts';

const REASON_CHARS = 500;

/** The reason as it is kept. @throws Problem `invalid-request` for an unknown action too: unknown means refuse */
export function checkedReason({ action, reason }: { action: StatusAction; reason: string }): string {
  const text = typeof reason === 'string' ? reason.trim() : '';
  const errors = [];
  if (!isStatusAction(action)) errors.push({ pointer: '/action', detail: 'must be revoke, suspend or reinstate' });
  if (text === '' || text.length > REASON_CHARS) {
    errors.push({ pointer: '/reason', detail: `must be text of 1 to ${REASON_CHARS} characters` });
  }
  const wrong = textFault(text);
  if (wrong) errors.push({ pointer: '/reason', detail: wrong });
  if (errors.length > 0) throw new Problem('invalid-request', 'the status change is not acceptable', { errors });
  return text;
}
