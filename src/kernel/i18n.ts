/** Every sentence for people exists in both languages. */
export interface Text {
  en: string;
  fil: string;
}
