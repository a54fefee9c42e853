export { mailAddress } from './address.ts';
export { createFolderPost } from './folder.ts';
export { createMail, MAIL_KEPT_DAYS, type MailDeps } from './mail.ts';
export * from './ports.ts';
export { createSmtpPost, type SmtpServer } from './smtp.ts';
