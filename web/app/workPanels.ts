import { latePanel } from './latePanel.tsx';
import { texts } from './texts.ts';

export const ComposerPanel = latePanel(
  texts.composerTitle,
  async () => (await import('../composer/ComposerPanel.tsx')).ComposerPanel,
);

export const LogPanel = latePanel(
  texts.responseTitle,
  async () => (await import('../log/LogPanel.tsx')).LogPanel,
);
