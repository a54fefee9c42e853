import type { PathwayPage } from '../pathway/views.ts';
import type { ReportView } from '../report.ts';

/** The form as it was sent, to fill it again. */
export interface RequestFormPage {
  achievement?: string;
  name?: string;
  achievementType?: string;
  pathway?: string;
  required?: boolean;
  problem?: { field?: string | undefined; detail: string };
}

export interface RequestPage {
  /** Of this page. */
  path: string;
  /** Empty when a pathway is asked about. */
  asked: readonly ({ achievement: string } | { name: string } | { achievementType: string })[];
  required: boolean;
  pathway?: PathwayPage | undefined;
  stage: 'waiting' | 'expired' | 'answered' | 'declined' | 'elsewhere';
  expiresAt: string;
  answeredAt?: string;
  /** What the wallet said instead of an answer. */
  error?: string;
  /** While it waits: opens a wallet on this device. */
  link?: string;
  /** While it waits: SVG. */
  qrCode?: string;
  /** `holder`: who proved to hold it. */
  badges?: readonly { report: ReportView; holder?: string }[];
}
