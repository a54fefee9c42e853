import type { Text } from '#kernel';

/**
 * The parts of a message that are no sentence: the link and the code on lines of their own, until when it can be used as a
 * day, or how many minutes are left.
 */
export type Part = 'link' | 'code' | 'until' | 'minutes';

/** What a kind of message says; `{name}` stands for a member of its content, `{host}` for the service. */
export interface Words<C> {
  subject: Text | ((content: C) => Text);
  paragraphs(content: C): (Text | Part | undefined)[];
}

export const UNTIL: Text = {
  en: 'You can use it until {day}.',
  fil: 'Magagamit ito hanggang {day}.',
};

export const MINUTES: Text = {
  en: 'It is good for {minutes} more minutes.',
  fil: 'May bisa ito nang {minutes} minuto pa.',
};

export const ONE_MINUTE: Text = {
  en: 'It is good for one more minute.',
  fil: 'May bisa ito nang isang minuto pa.',
};

/** At the end of every message. */
export const SENT_BY: Text = {
  en: 'Sent by {host}. Answers to this message are not read.',
  fil: 'Ipinadala ng {host}. Hindi binabasa ang mga sagot sa mensaheng ito.',
};
