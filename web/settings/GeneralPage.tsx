import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Switch } from '../ui/Switch.tsx';
import { texts } from './texts.ts';
import type { Settings, SettingsStore } from './settingsStore.ts';
import { toggleTwoPane, useTwoPane } from './twoPane.ts';

/** What can be done with all that the browser keeps. */
export interface StoredDataProps {
  /** What could not be read and was kept as it was. */
  readonly backups: readonly { readonly name: string; readonly label: string }[];
  readonly onDownloadBackup: (name: string) => void;
  readonly onClearAll: () => void;
}

interface GeneralPageProps extends StoredDataProps {
  readonly settings: SettingsStore;
  readonly chosen: Settings;
  readonly onChange: (changed: Partial<Settings>) => void;
}

/** Choices about the page as a whole, and what the browser keeps of it. */
export function GeneralPage({ settings, chosen, onChange, ...data }: GeneralPageProps) {
  return (
    <>
      <Switch
        label={texts.twoPane}
        hint={texts.twoPaneHint}
        isOn={useTwoPane(settings)}
        onToggle={() => toggleTwoPane(settings)}
      />
      <Switch
        label={texts.newestFirst}
        hint={texts.newestFirstHint}
        isOn={chosen.isNewestFirst}
        onToggle={() => onChange({ isNewestFirst: !chosen.isNewestFirst })}
      />
      <Switch
        label={texts.oneRow}
        hint={texts.oneRowHint}
        isOn={chosen.isOneRow}
        onToggle={() => onChange({ isOneRow: !chosen.isOneRow })}
      />
      <Switch
        label={texts.probing}
        hint={texts.probingHint}
        isOn={chosen.isProbing}
        onToggle={() => onChange({ isProbing: !chosen.isProbing })}
      />
      <Switch
        label={texts.remembering}
        hint={texts.rememberingHint}
        isOn={chosen.isRemembering}
        onToggle={() => onChange({ isRemembering: !chosen.isRemembering })}
      />
      {chosen.isRemembering && (
        <p className="notice is-warn" role="status">
          {texts.rememberingRisk}
        </p>
      )}
      <StoredData {...data} />
    </>
  );
}

function StoredData({ backups, onDownloadBackup, onClearAll }: StoredDataProps) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      {backups.length > 0 && (
        <div className="switch-line">
          <div>
            <strong>{texts.backups}</strong>
            <p>{texts.backupsHint}</p>
          </div>
          <div className="settings-buttons">
            {backups.map(({ name, label }) => (
              <Button key={name} onClick={() => onDownloadBackup(name)}>
                {texts.downloadBackup(label)}
              </Button>
            ))}
          </div>
        </div>
      )}
      <div className="switch-line">
        <div>
          <strong>{texts.clearAll}</strong>
          <p>{texts.clearAllHint}</p>
        </div>
        <Button look="danger" onClick={() => setAsking(true)}>
          {texts.clearAll}
        </Button>
      </div>
      {isAsking && (
        <Dialog title={texts.clearAllAsk} onClose={() => setAsking(false)}>
          <div className="dialog-body">
            <p>{texts.clearAllLoses}</p>
            <div className="dialog-buttons">
              <Button look="danger" onClick={onClearAll}>
                {texts.clear}
              </Button>
              <Button look="primary" onClick={() => setAsking(false)}>
                {texts.cancel}
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}
